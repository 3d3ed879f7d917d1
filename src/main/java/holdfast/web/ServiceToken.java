package holdfast.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Lets the command line of the same user talk to this service: a token of this process's life, in
 * {@code .holdfast/service.json}, which only that user can read.
 */
final class ServiceToken
    implements ApplicationListener<ServletWebServerInitializedEvent>, DisposableBean {

  static final String ACTOR = "command line";

  private final Path file;
  private final ObjectMapper json;
  private final String secret;
  private final byte[] hash;
  private byte[] written = new byte[0];

  ServiceToken(Path file, ObjectMapper json, String secret) {
    this.file = file;
    this.json = json;
    this.secret = secret;
    this.hash = Tokens.hash(secret);
  }

  boolean is(String other) {
    return MessageDigest.isEqual(hash, Tokens.hash(other));
  }

  @Override
  public void onApplicationEvent(ServletWebServerInitializedEvent event) {
    if (WebServerApplicationContext.hasServerNamespace(
        event.getApplicationContext(), "management")) {
      return;
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("url", "http://127.0.0.1:" + event.getWebServer().getPort());
    content.put("token", secret);
    content.put("pid", ProcessHandle.current().pid());
    try {
      written = json.writeValueAsBytes(content);
      PrivateFile.write(file, written);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** Removes the file, unless another service has put its own there since. */
  @Override
  public void destroy() throws IOException {
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), written)) {
      Files.delete(file);
    }
  }
}
