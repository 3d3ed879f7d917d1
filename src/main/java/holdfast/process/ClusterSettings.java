package holdfast.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a private server is told at each start; nothing of it is kept in its own files. */
final class ClusterSettings {

  private static final Map<String, String> ALWAYS =
      Map.of(
          "listen_addresses", "",
          "port", String.valueOf(PrivateCluster.PORT),
          "unix_socket_permissions", "0700",
          "wal_level", "minimal",
          "max_wal_senders", "0",
          "timezone", "UTC",
          "log_timezone", "UTC",
          "log_checkpoints", "off",
          "jit", "off");

  private static final Map<String, String> DURABLE =
      Map.of(
          "shared_buffers", "32MB",
          "max_connections", "60",
          "max_wal_size", "256MB",
          "synchronous_commit", "on");

  /** Lost with the machine, and that is all right: the data it holds can be restored again. */
  private static final Map<String, String> SCRATCH =
      Map.ofEntries(
          Map.entry("fsync", "off"),
          Map.entry("synchronous_commit", "off"),
          Map.entry("full_page_writes", "off"),
          Map.entry("autovacuum", "off"),
          Map.entry("shared_buffers", "256MB"),
          Map.entry("maintenance_work_mem", "256MB"),
          Map.entry("max_connections", "40"),
          Map.entry("max_locks_per_transaction", "1024"),
          Map.entry("max_wal_size", "8GB"),
          Map.entry("checkpoint_timeout", "1h"),
          Map.entry("bgwriter_lru_maxpages", "0"));

  private ClusterSettings() {}

  /** As arguments of {@code postgres}; the caller's own settings win. */
  static List<String> arguments(PrivateCluster.Options options, String socketFolder) {
    Map<String, String> settings = new LinkedHashMap<>(ALWAYS);
    settings.putAll(options.durable() ? DURABLE : SCRATCH);
    settings.putAll(options.settings());
    settings.put("unix_socket_directories", socketFolder);
    List<String> arguments = new ArrayList<>();
    settings.forEach(
        (name, value) -> {
          arguments.add("-c");
          arguments.add(name + "=" + value);
        });
    return arguments;
  }
}
