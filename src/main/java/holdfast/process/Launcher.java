package holdfast.process;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words before the program's own: a session of its own, another user without any privilege, and
 * a folder handed in as an open file, so that the other user needs no way to walk there.
 */
final class Launcher {

  /** The first file a child is born with, after stdin, stdout and stderr. */
  static final String HANDED = "/proc/self/fd/3";

  private static final Optional<Path> SETPRIV = find("setpriv");
  private static final Optional<Path> SETSID = find("setsid");
  private static final Optional<Path> FLOCK = find("flock");
  private static final boolean ROOT = isRoot();

  private Launcher() {}

  /**
   * The whole argument list.
   *
   * @param tied the program is interrupted when the thread that starts it ends, as it does when
   *     this process is killed
   */
  static List<String> argv(Command command, boolean tied) {
    List<String> argv = new ArrayList<>();
    Path folder = command.folder();
    if (folder != null && handsOver(command.user())) {
      argv.addAll(List.of(FLOCK.orElseThrow().toString(), "-s", "-n", "-F", folder.toString()));
    }
    if (switches(command.user())) {
      argv.addAll(asUser(command.user()));
    } else if (tied && SETPRIV.isPresent()) {
      argv.add(SETPRIV.get().toString());
    }
    if (!argv.isEmpty() && SETPRIV.isPresent()) {
      if (tied) {
        argv.addAll(List.of("--pdeathsig", "INT"));
      }
      argv.add("--");
    }
    SETSID.ifPresent(setsid -> argv.add(setsid.toString()));
    argv.add(command.program().toString());
    argv.addAll(command.arguments());
    return argv;
  }

  /** Whether a started program leads a process group of its own. */
  static boolean ownsGroup() {
    return SETSID.isPresent();
  }

  /** Whether a program of that user is handed its folder instead of walking there. */
  static boolean handsOver(@Nullable String user) {
    return switches(user) && FLOCK.isPresent();
  }

  private static boolean switches(@Nullable String user) {
    return ROOT && user != null && !user.equals("root");
  }

  private static List<String> asUser(String user) {
    String setpriv =
        SETPRIV
            .orElseThrow(
                () ->
                    new RunException(
                        Code.UNFIT_TOOL,
                        "setpriv",
                        false,
                        "The program setpriv is missing, so nothing can be run as user "
                            + user
                            + ": install the package util-linux."))
            .toString();
    Accounts.Account account = Accounts.named(user);
    return List.of(
        setpriv,
        "--reuid=" + account.uid(),
        "--regid=" + account.gid(),
        "--clear-groups",
        "--no-new-privs");
  }

  static boolean root() {
    return ROOT;
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  private static Optional<Path> find(String name) {
    return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The machine's users. */
  static final class Accounts {

    record Account(String name, String uid, String gid) {}

    private Accounts() {}

    static Account named(String name) {
      return find(name)
          .orElseThrow(
              () ->
                  new RunException(
                      Code.UNFIT_TOOL,
                      name,
                      false,
                      "There is no user " + name + " on this machine to run a program as."));
    }

    static Optional<Account> find(String name) {
      try (Stream<String> lines =
          Files.lines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
        return lines
            .map(line -> line.split(":"))
            .filter(fields -> fields.length > 3 && fields[0].equals(name))
            .map(fields -> new Account(name, fields[2], fields[3]))
            .findFirst();
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }
}
