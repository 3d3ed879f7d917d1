package holdfast.process;

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

  /** Makes an existing data source use the socket. */
  public static void over(PGSimpleDataSource source, Path folder, int port) {
    source.setSocketFactory(FACTORY);
    source.setSocketFactoryArg(folder.resolve(".s.PGSQL." + port).toString());
    source.setSslMode("disable");
    source.setGssEncMode("disable");
  }
}
