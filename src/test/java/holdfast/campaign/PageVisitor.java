package holdfast.campaign;

import holdfast.harness.VictimNode;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who is signed in and looks at a page again and again. */
final class PageVisitor {

  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final VictimNode node;

  private PageVisitor(VictimNode node) {
    this.node = node;
  }

  /** Signs in with the password that the service made at its first start. */
  static PageVisitor signedIn(VictimNode node, Path home) throws IOException, InterruptedException {
    PageVisitor visitor = new PageVisitor(node);
    Matcher token = CSRF.matcher(visitor.get("/login"));
    if (!token.find()) {
      throw new IOException("the login page has no form");
    }
    String password = Files.readString(home.resolve(".holdfast/admin.password")).strip();
    String form =
        "username=admin&password=%s&_csrf=%s".formatted(encoded(password), encoded(token.group(1)));
    HttpRequest login =
        HttpRequest.newBuilder(node.at("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    String page = visitor.http.send(login, BodyHandlers.ofString()).body();
    if (!page.contains("Sign out")) {
      throw new IOException("the login was refused");
    }
    return visitor;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The page as text. */
  String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.at(path)).timeout(Duration.ofSeconds(30)).build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** How long the page took, in nanoseconds. */
  long timed(String path) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    get(path);
    return System.nanoTime() - begin;
  }
}
