// Send the payload of the first argument to Pinterest with net/http.
package main

import (
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	url := "https://api.pinterest.com/v5/ad_accounts/549755885175/events"
	request, _ := http.NewRequest(http.MethodPost, url, strings.NewReader(os.Args[1]))
	request.Header.Set("Authorization", "Bearer pina_example")
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil || answer.StatusCode != http.StatusOK {
		log.Fatal(answer, err)
	}
}
