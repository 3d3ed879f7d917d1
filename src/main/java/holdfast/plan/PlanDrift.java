package holdfast.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which files of the plan are no longer what the service read when it started: it keeps to what it
 * read, so an edit is not live until it is started again.
 */
public final class PlanDrift {

  private final Home home;
  private final Map<Path, String> read;

  /** Drift of the files in {@code home} from those that {@code loaded} was read from. */
  public PlanDrift(Home home, PlanLoader.Loaded loaded) {
    this.home = home;
    this.read = loaded.files();
  }

  /** One warning per file that changed, came or went. */
  public List<Finding> findings() {
    Map<Path, String> now = new PlanLoader(home).files();
    TreeSet<Path> files = new TreeSet<>(read.keySet());
    files.addAll(now.keySet());
    List<Finding> findings = new ArrayList<>();
    for (Path file : files) {
      if (!now.getOrDefault(file, "").equals(read.getOrDefault(file, ""))) {
        findings.add(finding(file, read.get(file), now.get(file)));
      }
    }
    return findings;
  }

  private static Finding finding(Path file, @Nullable String before, @Nullable String after) {
    String how = before == null ? "was added" : after == null ? "was removed" : "changed";
    return Finding.warning(
        new Origin(file, 0),
        "%s %s since the service started.".formatted(file, how),
        "Restart it to make the change live.");
  }

  /** The hash of each file that is there; one that cannot be read counts by that alone. */
  static Map<Path, String> hashes(Path home, List<Path> files) {
    Map<Path, String> hashes = new TreeMap<>();
    for (Path file : files) {
      Path here = home.resolve(file);
      if (Files.exists(here)) {
        hashes.put(file, hash(here));
      }
    }
    return Map.copyOf(hashes);
  }

  private static String hash(Path file) {
    try {
      if (Files.size(file) > YamlFile.MAX_BYTES) {
        return "too large";
      }
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      return "unreadable";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
