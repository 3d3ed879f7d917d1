package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.ConnectionSpec;
import java.sql.SQLException;
import java.util.Locale;

/** Turns what a server or the network answered into one sentence. */
final class Refusals {

  private Refusals() {}

  /** Why {@code database} could not be reached or asked. */
  static RunException of(ConnectionSpec server, String database, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String where = where(server);
    return switch (state) {
      case "28P01" ->
          denied(
              server,
              e,
              "%s refused the password of user %s: correct the password that connection %s refers to."
                  .formatted(where, server.user(), server.name()));
      case "28000" ->
          denied(
              server,
              e,
              "%s does not let user %s in to database %s from here: correct the user or the server's pg_hba.conf."
                  .formatted(where, server.user(), database));
      case "3D000" ->
          new RunException(
              Code.INVALID,
              database,
              false,
              "There is no database %s on %s: correct the asset's database."
                  .formatted(database, where.replaceFirst("The", "the")),
              e);
      case "42501" ->
          denied(
              server,
              e,
              "User %s lacks a right on database %s at %s: %s"
                  .formatted(server.user(), database, where, said(e)));
      case "53300" ->
          unreachable(
              server,
              e,
              "%s has no free connection: raise its max_connections or try later."
                  .formatted(where));
      case "57P03" ->
          unreachable(server, e, "%s is starting or stopping: try later.".formatted(where));
      default -> other(server, e, where);
    };
  }

  private static RunException other(ConnectionSpec server, SQLException e, String where) {
    if (said(e).toLowerCase(Locale.ROOT).contains("no password was provided")) {
      return denied(
          server,
          e,
          "%s asks for a password and connection %s has none: add its password to application.yml."
              .formatted(where, server.name()));
    }
    if (e.getSQLState() == null || e.getSQLState().startsWith("08")) {
      return unreachable(
          server,
          e,
          "%s does not answer: check host, port and sslmode of connection %s, and that the server runs."
              .formatted(where, server.name()));
    }
    return unreachable(server, e, "%s failed a query: %s".formatted(where, said(e)));
  }

  private static RunException denied(ConnectionSpec server, SQLException e, String sentence) {
    return new RunException(Code.DENIED, server.name(), false, sentence, e);
  }

  private static RunException unreachable(ConnectionSpec server, SQLException e, String sentence) {
    return new RunException(Code.UNREACHABLE, server.name(), true, sentence, e);
  }

  private static String where(ConnectionSpec server) {
    return "The PostgreSQL server at %s:%d".formatted(server.host(), server.port());
  }

  /** The server's own first line. */
  private static String said(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
