package holdfast.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.postgresql.ds.PGSimpleDataSource;

/** JDBC over a server's unix socket. */
public final class UnixSocket {

  private static final String FACTORY = "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg";

  private UnixSocket() {}

  /**
   * A data source over the socket in {@code folder}; every property is set here, none is parsed.
   */
  public static PGSimpleDataSource dataSource(Path folder, int port, String user, String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {port});
    source.setUser(user);
    source.setDatabaseName(database);
    over(source, folder, port);
    return source;
  }

  /**
   * Where the socket of a server really is: a private cluster whose folder lies too deep keeps it
   * elsewhere, and notes where.
   *
   * @param host a host's name, or the absolute folder of a socket
   */
  public static String seat(String host) {
    if (!host.startsWith("/")) {
      return host;
    }
    Path note = Path.of(host).resolveSibling(ClusterFolder.NOTE);
    try {
      return Files.exists(note) ? Files.readString(note, StandardCharsets.UTF_8) : host;
    } catch (IOException e) {
      return host; // whoever connects will say that nobody is there
    }
  }

  /** Makes an existing data source use the socket. */
  public static void over(PGSimpleDataSource source, Path folder, int port) {
    source.setSocketFactory(FACTORY);
    source.setSocketFactoryArg(folder.resolve(".s.PGSQL." + port).toString());
    source.setSslMode("disable");
    source.setGssEncMode("disable");
  }
}
