<?php
// Run by PHP before every script (auto_prepend_file): https:// streams to the hosts of intercept.json go to mockpin.
//
// PHP's curl extension obeys HTTPS_PROXY and curl.cainfo. Its streams (file_get_contents, fopen) obey no variable, and
// the Requests library of WordPress brings a list of certificates of its own.
namespace Mockpin;

final class Intercept
{
    public static array $table;

    public static function isOurs(string $host): bool
    {
        $name = rtrim(strtolower($host), '.');
        foreach (self::$table['pinterest'] as $domain) {
            if ($name === $domain || substr($name, -strlen($domain) - 1) === ".$domain") {
                return true;
            }
        }
        return in_array($name, self::$table['hosts'], true);
    }
}

Intercept::$table = json_decode(file_get_contents(dirname(__DIR__) . '/intercept.json'), true);

/** A stream of https:// or http:// that PHP's own wrapper opens, at mockpin for the hosts of the table. */
final class Stream
{
    public $context;
    private $stream;

    public function stream_open(string $path, string $mode, int $options, ?string &$opened): bool
    {
        [$scheme, $host, $rest] = self::split($path);
        $ours = Intercept::isOurs($host);
        $context = $ours ? self::point($this->context, $host) : ($this->context ?? stream_context_get_default());
        $url = $ours ? 'http://127.0.0.1:' . Intercept::$table['port'] . $rest : $path;
        stream_wrapper_restore($scheme);
        try {
            $this->stream = ($options & STREAM_REPORT_ERRORS) ? fopen($url, $mode, false, $context) : @fopen($url, $mode, false, $context);
        } finally {
            self::register($scheme);
        }
        if (isset($http_response_header)) {
            $GLOBALS['http_response_header'] = $http_response_header;
        }
        return $this->stream !== false;
    }

    public static function register(string $scheme): void
    {
        stream_wrapper_unregister($scheme);
        stream_wrapper_register($scheme, self::class, STREAM_IS_URL);
    }

    private static function split(string $url): array
    {
        preg_match('~^(https?)://(?:[^/?#@]*@)?([^/?#:]*)(?::\d+)?([^#]*)~i', $url, $parts);
        $rest = $parts[3] ?? '';
        return [strtolower($parts[1] ?? 'https'), $parts[2] ?? '', $rest === '' || $rest[0] !== '/' ? "/$rest" : $rest];
    }

    private static function point($context, string $host)
    {
        $options = $context ? stream_context_get_options($context) : [];
        $header = $options['http']['header'] ?? [];
        $lines = is_array($header) ? $header : preg_split('~\r?\n~', $header, -1, PREG_SPLIT_NO_EMPTY);
        $kept = array_filter($lines, static fn($line) => stripos($line, 'host:') !== 0);
        $options['http'] = ['header' => [...$kept, "Host: $host"]] + ($options['http'] ?? []);
        unset($options['http']['proxy'], $options['http']['request_fulluri'], $options['ssl']);
        return stream_context_create($options);
    }

    public function stream_read(int $count)
    {
        return fread($this->stream, $count);
    }

    public function stream_write(string $data): int
    {
        return (int) fwrite($this->stream, $data);
    }

    public function stream_eof(): bool
    {
        return feof($this->stream);
    }

    public function stream_close(): void
    {
        fclose($this->stream);
    }

    public function stream_stat()
    {
        return fstat($this->stream);
    }

    public function stream_set_option(int $option, int $one, ?int $two): bool
    {
        if ($option === STREAM_OPTION_READ_TIMEOUT) {
            return stream_set_timeout($this->stream, $one, (int) $two);
        }
        return $option === STREAM_OPTION_BLOCKING && stream_set_blocking($this->stream, (bool) $one);
    }
}

Stream::register('https');

// WordPress: let its HTTP requests trust the certificates of the run. WordPress takes filters that are set before it.
$GLOBALS['wp_filter']['http_request_args'][10]['mockpin'] = [
    'function' => static fn($arguments) => ['sslcertificates' => Intercept::$table['bundle']] + $arguments,
    'accepted_args' => 1,
];

// The Requests library without WordPress: set its certificates as soon as its class is there.
spl_autoload_register(static function (string $class): void {
    if ($class !== 'WpOrg\Requests\Requests') {
        return;
    }
    foreach (spl_autoload_functions() as $load) {
        if (!class_exists($class, false) && !($load instanceof \Closure && (new \ReflectionFunction($load))->getFileName() === __FILE__)) {
            $load($class);
        }
    }
    if (class_exists($class, false)) {
        $class::set_certificate_path(Intercept::$table['bundle']);
    }
}, true, true);
