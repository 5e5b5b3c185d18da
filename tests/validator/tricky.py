"""Values that are tricky for a field, by the field's name."""

from hashlib import sha256


def digest(text):
    return sha256(text.encode()).hexdigest()


IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 "
    "Version/17.4 Mobile/15E148 Safari/604.1"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
AMOUNTS = ["0", "0.00", "-1", "1e999", "1_0", "²", "undefined", "NaN", "24.50", "$24.50", "1,073.50", "1e3"]
EMAIL = "ada@example.com"
WORDS = ["", "null", "ca", "CA", "f", "female", "ny", "19910526", "1991-05-26", "us", "US", EMAIL]
HASHES = [
    *map(digest, WORDS),
    digest(digest("")),
    digest(EMAIL).upper(),
    digest(EMAIL) + "\n",
    digest(EMAIL)[:32],
]
ADDRESSES = [
    "8.8.4.4",
    "10.0.0.1",
    "0.0.0.0",
    "203.0.113.9",
    "192.0.2.1",
    "172.16.0.1",
    "172.32.0.1",
    "100.64.0.1",
    "198.18.0.1",
    "169.254.1.1",
    "224.0.0.1",
    "255.255.255.255",
    "127.0.0.1",
    "192.31.196.1",
    "192.52.193.1",
    "9.9.9.999",
    "08.8.8.8",
    "8.8.8.8:80",
    "2001:db8::1",
    "2a00:1450:4001:81b::200e",
    "2400:1:2:3:4:5:6:7",
    "2620:4f:8000:0:0:0:0:1",
    "::1",
    "fe80::1%eth0",
]
URLS = [
    "https://shop.example.com/?q=ada%40example.com",
    "https://shop.example.com/?tel=%2B14155550123",
    "https://shop.example.com/?p=+1 415 555 0123",
    "https://shop.example.com/?Phone=4155550123",
    "https://shop.example.com/?q=ada%2540example.com",
    "https://shop.example.com/a?order=1234567",
    "https://[::1",
    "https://-",
    "ftp://shop.example.com/",
    "http://a b",
    "/thanks",
]
POOLS = {
    "event_name": ["checkout", "purchase", "custom", "AddToCart", "Product Viewed", "__proto__", "check_out"],
    "action_source": ["web", "offline", "app_ios", "app_android", "website", "WEB"],
    "event_id": ["", " ", "\t", "e1"],
    "event_source_url": URLS,
    "partner_name": ["direct", "ss-partnername", "ss-shop", "SS-Shop", "ss-", "ss-party"],
    "language": ["en", "EN", "zz", "en-US", "eng", "cs"],
    "currency": ["USD", "usd", "EUR", "XTS", "eu", " EUR", "CZK"],
    "opt_out_type": ["LDP", "ldp", "LDP,", "CPRA,GPC", " LDP , GPC", ","],
    "value": AMOUNTS,
    "item_price": AMOUNTS,
    "predicted_ltv": AMOUNTS,
    "client_ip_address": ADDRESSES,
    "client_user_agent": ["axios/1.7.2", "Mozilla/5.0", "-", GOOGLEBOT, IPHONE],
    "click_id": ["epik=dj0yJnU9ZXhhbXBsZQ", "dj0yJnU9ZXhhbXBsZQ==", "undefined", "a b", "abc"],
}
TRICKY = [text for pool in POOLS.values() for text in pool] + HASHES
