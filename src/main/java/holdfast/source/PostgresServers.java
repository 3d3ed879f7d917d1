package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.ConnectionSpec;
import holdfast.plan.Secret;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SecretRef;
import holdfast.plan.Secrets;
import holdfast.process.UnixSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Reaches servers with passwords read at the moment of use. */
final class PostgresServers implements Servers {

  private static final int CONNECT_SECONDS = 10;

  private final Secrets secrets;

  PostgresServers(Secrets secrets) {
    this.secrets = secrets;
    PassFile.sweep();
  }

  @Override
  public DataSource dataSource(ConnectionSpec server, String database) {
    return opened(server, () -> source(server, database), database);
  }

  @Override
  public DataSource dataSource(ConnectionSpec server, String database, Duration patience) {
    int seconds = Math.toIntExact(patience.toSeconds());
    return opened(
        server,
        () -> {
          PGSimpleDataSource source = source(server, database);
          source.setConnectTimeout(seconds);
          source.setLoginTimeout(seconds);
          source.setSocketTimeout(seconds);
          return source;
        },
        database);
  }

  private DataSource opened(
      ConnectionSpec server, Supplier<PGSimpleDataSource> source, String database) {
    Names.require(server, database);
    return new AbstractDataSource() {
      @Override
      public Connection getConnection() throws SQLException {
        Secret password = password(server);
        return password == null
            ? source.get().getConnection()
            : source.get().getConnection(server.user(), password.reveal());
      }

      @Override
      public Connection getConnection(@Nullable String user, @Nullable String password)
          throws SQLException {
        return source.get().getConnection(user, password);
      }
    };
  }

  private static PGSimpleDataSource source(ConnectionSpec server, String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {server.host()});
    source.setPortNumbers(new int[] {server.port()});
    source.setDatabaseName(database);
    source.setUser(server.user());
    source.setApplicationName("holdfast");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    source.setSslMode(server.sslMode());
    source.setGssEncMode("disable");
    if (server.sslMode().startsWith("verify")) {
      Libpq.rootCertificates().map(Path::toString).ifPresent(source::setSslRootCert);
    }
    if (server.host().startsWith("/")) {
      source.setServerNames(new String[] {"localhost"});
      UnixSocket.over(source, Path.of(UnixSocket.seat(server.host())), server.port());
    }
    return source;
  }

  private @Nullable Secret password(ConnectionSpec server) {
    SecretRef reference = server.password();
    try {
      return reference == null ? null : secrets.read(reference);
    } catch (SecretMissingException e) {
      throw new RunException(Code.DENIED, server.name(), false, e.getMessage(), e);
    }
  }

  @Override
  public Reach reach(ConnectionSpec server, String database) {
    Names.require(server, database);
    Secret password = password(server);
    PassFile file = password == null ? null : passFile(server, password);
    Target target =
        new Target(
            UnixSocket.seat(server.host()),
            server.port(),
            server.user(),
            file == null ? null : file.path(),
            server.sslMode(),
            database);
    return new OpenReach(target, file);
  }

  private static PassFile passFile(ConnectionSpec server, Secret password) {
    try {
      return PassFile.of(password);
    } catch (IOException e) {
      throw new RunException(
          Code.FULL,
          server.name(),
          true,
          "The password file for %s could not be written to the machine's temporary folder: free space there."
              .formatted(server.name()),
          e);
    }
  }

  private record OpenReach(Target target, @Nullable PassFile file) implements Reach {
    @Override
    public void close() {
      if (file != null) {
        file.close();
      }
    }
  }
}
