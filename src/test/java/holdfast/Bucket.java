package holdfast;

import holdfast.harness.S3Server;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What really rests in the test's bucket, seen from outside of Holdfast. */
final class Bucket {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private final String name;

  Bucket(House house) {
    this.name = house.bucket;
  }

  /** Every key, whole. */
  List<String> keys() {
    String list = new String(get(""), StandardCharsets.UTF_8);
    List<String> keys = new ArrayList<>();
    for (int at = list.indexOf("<Key>"); at >= 0; at = list.indexOf("<Key>", at + 1)) {
      keys.add(list.substring(at + 5, list.indexOf("</Key>", at)));
    }
    return keys;
  }

  byte[] get(String key) {
    return send(HttpRequest.newBuilder(uri(key)).GET().build()).body();
  }

  void put(String key, byte[] bytes) {
    send(
        HttpRequest.newBuilder(uri(key))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build());
  }

  /** The bucket goes, with all that is in it. */
  void delete() {
    keys().forEach(key -> send(HttpRequest.newBuilder(uri(key)).DELETE().build()));
    send(HttpRequest.newBuilder(uri("")).DELETE().build());
  }

  String only(String ending) {
    return keys().stream().filter(key -> key.endsWith(ending)).findFirst().orElseThrow();
  }

  /** Whether any object holds {@code text}, in clear or compressed only. */
  boolean shows(String text) {
    return keys().stream()
        .map(this::look)
        .anyMatch(bytes -> holds(bytes, text) || unpacked(bytes, text));
  }

  /** Its bytes; none when it was taken back since it was listed. */
  private byte[] look(String key) {
    HttpResponse<byte[]> response = ask(HttpRequest.newBuilder(uri(key)).GET().build());
    return response.statusCode() == 404 ? new byte[0] : response.body();
  }

  private static boolean holds(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }

  /** Anything that expands without a key was never sealed. */
  private static boolean unpacked(byte[] bytes, String text) {
    for (holdfast.plan.Pipeline.Compression kind : holdfast.plan.Pipeline.Compression.values()) {
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      try (InputStream in =
          holdfast.stream.Compressor.expand(
              kind, new java.io.ByteArrayInputStream(bytes), 1L << 30)) {
        in.transferTo(plain);
      } catch (IOException | RuntimeException e) {
        // not of this kind, or cut: what came out so far counts
      }
      if (holds(plain.toByteArray(), text)) {
        return true;
      }
    }
    return false;
  }

  private URI uri(String key) {
    return S3Server.shared().endpoint().resolve("/" + name + (key.isEmpty() ? "" : "/" + key));
  }

  private static HttpResponse<byte[]> send(HttpRequest request) {
    HttpResponse<byte[]> response = ask(request);
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(request + " " + response.statusCode());
    }
    return response;
  }

  private static HttpResponse<byte[]> ask(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The store's own view, for keys below the prefix. */
  static Store.Head head(House house, String key) {
    return house.bean(Stores.class).named("primary").head(new Key(key)).orElseThrow();
  }
}
