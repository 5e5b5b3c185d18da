<?php
// Send the payload of the first argument to Pinterest with PHP's curl extension.
$curl = curl_init('https://api.pinterest.com/v5/ad_accounts/549755885175/events');
curl_setopt_array($curl, [
    CURLOPT_POSTFIELDS => $argv[1],
    CURLOPT_HTTPHEADER => ['Authorization: Bearer pina_example', 'Content-Type: application/json'],
]);
exit(curl_exec($curl) ? 0 : 1);
