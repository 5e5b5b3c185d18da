<?php
// Send the payload of the first argument to Pinterest with PHP's own streams.
$options = ['method' => 'POST', 'header' => "Authorization: Bearer pina_example\r\nContent-Type: application/json", 'content' => $argv[1]];
echo file_get_contents('https://api.pinterest.com/v5/ad_accounts/549755885175/events', false, stream_context_create(['http' => $options]));
exit(strpos($http_response_header[0], ' 200 ') ? 0 : 1);
