import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Send the payload of the second argument to Pinterest with the client of the first. */
public class Sender {
    private static final URI URL = URI.create("https://api.pinterest.com/v5/ad_accounts/549755885175/events");

    public static void main(String[] arguments) throws Exception {
        int status = arguments[0].equals("HttpClient") ? useClient(arguments[1]) : useConnection(arguments[1]);
        System.exit(status == 200 ? 0 : 1);
    }

    private static int useClient(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URL)
                .header("Authorization", "Bearer pina_example")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static int useConnection(String body) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) URL.toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Authorization", "Bearer pina_example");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        return connection.getResponseCode();
    }
}
