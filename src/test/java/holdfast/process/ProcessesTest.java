package holdfast.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import holdfast.journal.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessesTest {

  private static final Path SHELL = Path.of("/bin/sh");
  private final Processes processes = new Processes();

  private Running shell(String script) throws IOException {
    return shell(script, Map.of("PATH", "/usr/bin:/bin"), Duration.ofSeconds(30));
  }

  private Running shell(String script, Map<String, String> environment, Duration deadline)
      throws IOException {
    return processes.start(new Command(SHELL, List.of("-c", script), environment, null, deadline));
  }

  @Test
  void a_huge_stdout_streams_whole() throws Exception {
    try (Running running = shell("head -c 300000000 /dev/zero")) {
      byte[] buffer = new byte[1 << 20];
      long total = 0;
      for (int n = running.stdout().read(buffer); n >= 0; n = running.stdout().read(buffer)) {
        total += n;
      }
      assertThat(total).isEqualTo(300_000_000L);
      assertThat(running.await().ok()).isTrue();
    }
  }

  @Test
  void a_huge_stderr_neither_blocks_nor_fills_memory() throws Exception {
    try (Running running =
        shell("head -c 50000000 /dev/zero | tr '\\0' x >&2; echo; echo last words >&2")) {
      assertThat(running.stdout().readAllBytes()).containsExactly('\n');
      Running.Exit exit = running.await();
      assertThat(exit.stderrTail()).hasSize(Tail.LIMIT).endsWith("xlast words\n");
      assertThat(exit.lastWords()).endsWith("last words");
    }
  }

  @Test
  void exit_codes_and_signals_are_told_in_words() throws Exception {
    try (Running running = shell("exit 7")) {
      assertThat(running.await().words()).isEqualTo("exit code 7");
    }
    try (Running running = shell("kill -KILL $$")) {
      Running.Exit exit = running.await();
      assertThat(exit.code()).isEqualTo(137);
      assertThat(exit.words()).isEqualTo("killed by signal 9 (KILL)");
    }
  }

  @Test
  void the_deadline_ends_the_program_and_its_readers() throws Exception {
    try (Running running = shell("sleep 600", Map.of(), Duration.ofMillis(200))) {
      assertThat(running.stdout().read()).isEqualTo(-1);
      Running.Exit exit = running.await();
      assertThat(exit.timedOut()).isTrue();
      assertThat(exit.ok()).isFalse();
      assertThat(exit.words()).isEqualTo("ended at its deadline");
    }
  }

  @Test
  void closing_ends_children_and_grandchildren_even_those_that_ran_away() throws Exception {
    long grandchild;
    long runaway;
    try (Running running =
        shell("(sh -c 'sleep 601 & echo $!; wait') & (sleep 602 & echo $!) ; sleep 603")) {
      grandchild = pid(running);
      runaway = pid(running);
      assertThat(ProcessHandle.of(grandchild)).isPresent();
    }
    await().until(() -> gone(grandchild) && gone(runaway));
  }

  private static long pid(Running running) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = running.stdout().read(); c != '\n'; c = running.stdout().read()) {
      line.append((char) c);
    }
    return Long.parseLong(line.toString());
  }

  private static boolean gone(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
  }

  @Test
  void nothing_of_our_environment_is_inherited() throws Exception {
    try (Running running =
        processes.start(
            new Command(
                Path.of("/usr/bin/env"),
                List.of(),
                Map.of("ONLY", "this"),
                null,
                Duration.ofSeconds(10)))) {
      assertThat(new String(running.stdout().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("ONLY=this\n");
    }
  }

  @Test
  void secrets_of_the_environment_are_struck_out_of_stderr() throws Exception {
    try (Running running =
        shell(
            "echo \"password $PGPASSWORD of $PGUSER refused\" >&2",
            Map.of("PGPASSWORD", "canary-7f3a", "PGUSER", "holdfast"),
            Duration.ofSeconds(10))) {
      assertThat(running.await().stderrTail())
          .isEqualTo("password **redacted** of holdfast refused\n");
    }
  }

  @Test
  void arguments_are_never_seen_by_a_shell() throws Exception {
    try (Running running =
        processes.start(
            new Command(
                Path.of("/bin/echo"),
                List.of("$(id)", "; rm -rf x", "*"),
                Map.of(),
                null,
                Duration.ofSeconds(10)))) {
      assertThat(new String(running.stdout().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("$(id) ; rm -rf x *\n");
    }
  }

  @Test
  void another_user_has_no_privilege_left_and_reaches_only_the_folder_handed_in() throws Exception {
    String user = Processes.otherUser();
    Assumptions.assumeTrue(user != null, "only root can become another user");
    try (Running running =
        processes.start(
            new Command(
                SHELL,
                List.of(
                    "-c",
                    "id -un; id -G; ls /root 2>&1 | head -1; test -d /proc/self/fd/3 && echo handed"),
                Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C"),
                user,
                Path.of("/tmp"),
                Duration.ofSeconds(10)))) {
      String said = new String(running.stdout().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said.lines().findFirst()).hasValue(user);
      assertThat(said).contains("Permission denied").endsWith("handed\n");
      assertThat(said.lines().skip(1).findFirst().orElseThrow()).doesNotContain(" ");
    }
  }

  @Test
  void a_missing_or_relative_program_is_refused() {
    Command missing =
        new Command(Path.of("/nowhere/pg_dump"), List.of(), Map.of(), null, Duration.ofSeconds(1));
    assertThatThrownBy(() -> processes.start(missing))
        .isInstanceOf(RunException.class)
        .hasMessage("The program /nowhere/pg_dump is not there or cannot be run: install it.");
    assertThatThrownBy(
            () -> new Command(Path.of("pg_dump"), List.of(), Map.of(), null, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
