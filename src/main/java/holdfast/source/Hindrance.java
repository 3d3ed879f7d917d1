package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.process.Running;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What keeps a load from its end and says nothing about the dump: a program that was killed, a
 * server that went away, a right or a role that is not there. A proof must not blame the point for
 * it.
 */
final class Hindrance {

  /** The complaint itself; the statement that follows it is the dump's and may say anything. */
  private static final String COMPLAINT = "(?m)^pg_restore: error: ";

  private static final Pattern ANY_ERROR = Pattern.compile("(?:ERROR|error): ");

  private record Kind(Pattern pattern, Code code, boolean retryable, String sentence) {

    static Kind of(String words, Code code, boolean retryable, String sentence) {
      return new Kind(Pattern.compile(COMPLAINT + words), code, retryable, sentence);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          Kind.of(
              "(?!.*ERROR:  )(.*(?:FATAL:  |PANIC:  |connection to server|closed the connection"
                  + "|connection has been closed|connection not open|no connection to the server"
                  + "|could not (?:receive|send) data|SYSCALL error|no COPY in progress).*)$",
              Code.UNREACHABLE,
              true,
              "The server that database %s is restored to broke off or refused the connection: %s; look at its log and try again."),
          Kind.of(
              "(?:.*ERROR:  )?((?:out of (?:shared )?memory|canceling statement|could not resize shared memory).*)$",
              Code.UNREACHABLE,
              true,
              "The load into database %s was given up: %s; look at the memory and the limits of that server and try again."),
          Kind.of(
              ".*ERROR:  ((?:permission denied|must be (?:superuser|owner|member)).*)$",
              Code.DENIED,
              false,
              "The user that loads database %s lacks a right: %s; give it that right on the server."),
          Kind.of(
              ".*ERROR:  (role \".*\" does not exist|unrecognized configuration parameter.*)$",
              Code.UNFIT_TOOL,
              false,
              "The server that database %s is restored to lacks what the dump asks for: %s; use a server that has it."),
          Kind.of(
              "(unsupported version.*)$",
              Code.UNFIT_TOOL,
              false,
              "The pg_restore that loads database %s is older than the dump: %s; install newer client programs of PostgreSQL."));

  private Hindrance() {}

  /** Empty when the dump itself may be to blame. */
  static Optional<RunException> of(Running.Exit exit, Target target) {
    if (exit.timedOut() || exit.killed()) {
      return Optional.of(ended(exit, target));
    }
    String said = exit.stderrTail();
    for (Kind kind : KINDS) {
      Matcher matcher = kind.pattern().matcher(said);
      if (matcher.find()) {
        return Optional.of(
            new RunException(
                kind.code(),
                target.database(),
                kind.retryable(),
                kind.sentence().formatted(target.database(), matcher.group(1).strip())));
      }
    }
    return ANY_ERROR.matcher(said).find()
        ? Optional.empty()
        : Optional.of(speechless(exit, target));
  }

  private static RunException ended(Running.Exit exit, Target target) {
    return new RunException(
        Code.UNREACHABLE,
        target.database(),
        true,
        "pg_restore into %s did not come to its end (%s): look at the memory and the load of this machine and try again."
            .formatted(target.database(), exit.words()));
  }

  /** Such as a program that could not be started, or that a library is missing for. */
  private static RunException speechless(Running.Exit exit, Target target) {
    String words = exit.lastWords();
    return new RunException(
        Code.UNFIT_TOOL,
        target.database(),
        false,
        "pg_restore into %s failed without an error of its own (%s)%s: check PostgreSQL's client programs on this machine."
            .formatted(target.database(), exit.words(), words.isEmpty() ? "" : ", " + words));
  }
}
