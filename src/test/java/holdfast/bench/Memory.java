package holdfast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The most memory that a process ever had resident. */
final class Memory {

  private static final double KIBIBYTES = 1024;

  private Memory() {}

  /** In mebibytes, by the kernel. */
  static double peak(long pid) throws IOException {
    return peak(Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")));
  }

  static double peak(List<String> status) throws IOException {
    for (String line : status) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTES;
      }
    }
    throw new IOException("The kernel does not tell how much memory was resident.");
  }
}
