package holdfast.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Shows what people got: Slack, email, topic and event bus, newest first. */
final class Inbox implements AutoCloseable {

  private final HttpServer server;

  private Inbox(HttpServer server) {
    this.server = server;
  }

  static Inbox open(World world) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.createContext("/", exchange -> answer(exchange, page(world.letters())));
    server.start();
    return new Inbox(server);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private static void answer(HttpExchange exchange, String page) {
    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    try (exchange;
        OutputStream body = exchange.getResponseBody()) {
      exchange.sendResponseHeaders(200, bytes.length);
      body.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One message as its reader got it.
   *
   * @param html a whole document; empty where the channel carries text only
   */
  record Letter(String channel, String at, String title, String text, String html) {}

  private static String page(List<Letter> letters) {
    StringBuilder page =
        new StringBuilder(
            """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="5">
            <meta name="viewport" content="width=device-width"><title>Inbox of the demo</title><style>
            body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c2733;background:#f5f6f8}
            article{background:#fff;border:1px solid #dde2e8;border-radius:10px;padding:1rem 1.2rem;margin:1rem 0}
            h2{font-size:1.05rem;margin:.2rem 0 .6rem}small{color:#5c6b7a}pre{white-space:pre-wrap;font:inherit;margin:0}
            iframe{width:100%;height:30rem;border:1px solid #dde2e8;border-radius:6px;background:#fff}
            </style></head><body><h1>What people got</h1>
            """);
    if (letters.isEmpty()) {
      page.append("<p>Nothing yet.</p>");
    }
    letters.forEach(letter -> page.append(article(letter)));
    return page.append("</body></html>").toString();
  }

  private static String article(Letter letter) {
    String body =
        letter.html().isEmpty()
            ? "<pre>" + escape(letter.text()) + "</pre>"
            : "<iframe sandbox title=\"the mail\" srcdoc=\""
                + escape(letter.html())
                + "\"></iframe>";
    return "<article><small>%s · %s</small><h2>%s</h2>%s</article>"
        .formatted(escape(letter.channel()), escape(letter.at()), escape(letter.title()), body);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
