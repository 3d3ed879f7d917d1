package holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.Application;
import holdfast.plan.Home;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the service that runs on this host, or starts one inside this command. */
final class Services {

  private static final int CONNECT_MILLIS = 500;

  private Services() {}

  /** The home folder: {@code HOLDFAST_HOME}, or the working folder. */
  static Home home() {
    return new Home(Application.homeFolder());
  }

  /** A running service; where there is none, one of our own until this command ends. */
  static Service open(Terminal terminal) {
    return running(home()).orElseGet(() -> Alone.start(terminal));
  }

  /** The service that runs in {@code home}, if one answers. */
  static Optional<Service> running(Home home) {
    Path file = home.state().resolve("service.json");
    try {
      JsonNode service = Service.JSON.readTree(Files.readString(file));
      URI base = URI.create(service.path("url").asText());
      return answers(base)
          ? Optional.of(new Service(base, service.path("token").asText(), () -> {}))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean answers(URI base) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
