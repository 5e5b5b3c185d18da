# Send the payload of the second argument to the URL of the first with Ruby's Net::HTTP.
require "net/http"

headers = { "Authorization" => ARGV[2] || "Bearer pina_example", "Content-Type" => "application/json" }
answer = Net::HTTP.post(URI(ARGV[0]), ARGV[1], headers)
puts answer.body
exit answer.code == "200"
