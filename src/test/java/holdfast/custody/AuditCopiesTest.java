package holdfast.custody;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.JournalNode;
import holdfast.harness.Postgres;
import holdfast.harness.SamplePlan;
import holdfast.harness.SettableClock;
import holdfast.journal.Audit;
import holdfast.journal.Transaction;
import holdfast.plan.Installation;
import holdfast.plan.KeySpec;
import holdfast.plan.Origin;
import holdfast.plan.Plans;
import holdfast.plan.Precautions;
import holdfast.plan.Secret;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import holdfast.store.Folders;
import holdfast.stream.KeyMaker;
import holdfast.stream.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of the audit in a real store, against a journal that somebody has changed. */
class AuditCopiesTest {

  private static final SecretRef PASSPHRASE = new SecretRef(SecretRef.Kind.ENV, "passphrase");
  private static final Origin ORIGIN = new Origin(Path.of("application.yml"), 1);

  @TempDir Path folder;
  private final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");
  private final JournalNode node = JournalNode.fresh(clock);
  private KeyMaker.Made signing;
  private AuditCopies copies;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectory(folder.resolve("far"));
    signing = key("signing");
    copies = on(node, signing);
    act(node, 5);
    copies.keep();
  }

  private KeyMaker.Made key(String name) {
    return KeyMaker.make(
        folder.resolve("keys"),
        name,
        KeyMaker.Use.SIGN,
        "correct horse".toCharArray(),
        clock.instant());
  }

  private AuditCopies on(JournalNode journal, KeyMaker.Made signer, Path... former) {
    KeySpec spec =
        new KeySpec(
            Map.of(),
            signer.secretFile(),
            PASSPHRASE,
            null,
            null,
            List.of(),
            List.of(former),
            null,
            ORIGIN);
    return new AuditCopies(
        journal.transaction(),
        journal.audit(),
        plans(),
        new Folders(Map.of("far", folder.resolve("far"))),
        new KeyRing(spec, new Secrets(List.of(new Passphrase())), clock),
        clock);
  }

  private Plans plans() {
    Plans sample = SamplePlan.plans(SamplePlan.asset());
    Installation all = sample.installation();
    return new Plans(
        sample.home(),
        new Installation(
            Map.of("far", Folders.spec("far", folder.resolve("far"))),
            all.connections(),
            all.keys(),
            all.channels(),
            all.senders(),
            all.journal(),
            all.scratch(),
            all.alarmRules(),
            null,
            List.of(),
            null,
            Precautions.NONE),
        sample.systems());
  }

  private static final class Passphrase implements SecretSource {

    @Override
    public SecretRef.Kind kind() {
      return SecretRef.Kind.ENV;
    }

    @Override
    public Secret read(SecretRef ref) {
      return new Secret("correct horse");
    }
  }

  private static void act(JournalNode journal, int times) {
    IntStream.range(0, times)
        .forEach(i -> journal.audit().append("ada", "run.begin", "thing " + i, Map.of("n", i)));
  }

  private List<String> documents() {
    try (Stream<Path> files = Files.walk(folder.resolve("far"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[0-9]{12}-[0-9]{12}-[0-9a-f]{8}.json"))
          .map(name -> name.substring(0, 25))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String problem(AuditVerdict verdict) {
    return verdict.copies().get(0).problem();
  }

  private void change(String... statements) {
    node.sql("ALTER TABLE audit DISABLE TRIGGER ALL");
    node.sql(statements);
    node.sql("ALTER TABLE audit ENABLE TRIGGER ALL");
  }

  @Test
  void what_is_new_is_put_there_every_hour_and_agrees() {
    assertThat(documents()).containsExactly("000000000001-000000000005");
    act(node, 2);
    clock.move(Duration.ofMinutes(59));
    copies.keep();
    assertThat(documents()).hasSize(1);
    clock.move(Duration.ofMinutes(1));
    copies.keep();
    assertThat(documents())
        .containsExactly("000000000001-000000000005", "000000000006-000000000007");
    clock.move(Duration.ofHours(2));
    copies.keep();
    assertThat(documents()).as("nothing is new").hasSize(2);

    AuditVerdict verdict = copies.compare();
    assertThat(verdict)
        .isEqualTo(new AuditVerdict(7, 0, List.of(new AuditVerdict.Copy("far", 7, null, null))));
    assertThat(verdict.whole()).isTrue();
  }

  @Test
  void an_entry_that_was_edited_is_found() {
    change("UPDATE audit SET actor = 'eve' WHERE entry = 3");
    AuditVerdict verdict = copies.compare();
    assertThat(verdict.brokenAt()).isEqualTo(3);
    assertThat(problem(verdict))
        .isEqualTo(
            "Entry 3 of the audit was changed in the journal: it once was run.begin by ada at 2026-11-21T10:00:00Z, about thing 2.");
    assertThat(copies.standing(Duration.ofHours(3)).problems()).hasSize(2);
  }

  @Test
  void a_chain_that_was_written_anew_from_some_entry_on_is_whole_and_yet_found() {
    List<Audit.Entry> chain = node.transaction().in(() -> node.audit().after(0, 10));
    String previous = chain.get(1).hash();
    for (Audit.Entry entry : chain.subList(2, 5)) {
      Audit.Entry forged =
          new Audit.Entry(
              entry.entry(),
              entry.at(),
              "eve",
              entry.action(),
              entry.subject(),
              entry.detail(),
              previous,
              "");
      change(
          "UPDATE audit SET actor = 'eve', previous = '%s', hash = '%s' WHERE entry = %d"
              .formatted(previous, forged.computed(), entry.entry()));
      previous = forged.computed();
    }
    AuditVerdict verdict = copies.compare();
    assertThat(verdict.brokenAt()).isZero();
    assertThat(problem(verdict)).startsWith("From entry 3 on the journal tells another story");
  }

  @Test
  void a_tail_that_was_cut_off_is_found() {
    change("DELETE FROM audit WHERE entry > 3");
    AuditVerdict verdict = copies.compare();
    assertThat(verdict.brokenAt()).isZero();
    assertThat(problem(verdict))
        .startsWith("Entry 4 of the audit and what followed is gone from the journal: run.begin");
  }

  @Test
  void a_journal_of_yesterday_that_went_on_is_found_at_the_next_copy_and_puts_nothing_over_it() {
    String yesterday = node.database() + "_yesterday";
    node.letGo();
    Postgres.run(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
            .formatted(node.database()),
        "CREATE DATABASE %s TEMPLATE %s".formatted(yesterday, node.database()));
    act(node, 3);
    clock.move(Duration.ofHours(1));
    copies.keep();
    assertThat(documents()).hasSize(2);

    JournalNode old = of(yesterday);
    AuditCopies again = on(old, signing);
    old.audit().append("eve", "run.begin", "another thing", Map.of());
    clock.move(Duration.ofHours(1));
    again.keep();
    assertThat(documents()).as("no second story").hasSize(2);
    assertThat(again.standing(Duration.ofHours(3)).problems())
        .singleElement()
        .asString()
        .startsWith(
            "From entry 6 on the journal tells another story: it once was run.begin by ada");
    act(old, 10);
    assertThat(problem(again.compare())).startsWith("From entry 6 on");

    assertThat(again.accept("ada", "the journal was restored")).isEqualTo(1);
    assertThat(again.compare().whole()).as("set aside by somebody who knows why").isTrue();
    clock.move(Duration.ofHours(1));
    again.keep();
    assertThat(again.compare().copies().get(0).through()).isEqualTo(17);
    assertThat(documents()).as("nothing was taken away").hasSize(3);
    assertThat(problem(copies.compare()))
        .as("and now it is the other journal that is contradicted")
        .isNotNull();
  }

  private JournalNode of(String database) {
    var source = Postgres.dataSource(database);
    Transaction transaction = Transaction.on(source);
    return new JournalNode(
        database,
        source,
        transaction,
        new Audit(transaction, clock),
        node.outbox(),
        node.life(),
        node.outcomes(),
        node.runs(),
        node.reconciler(),
        node.ids());
  }

  @Test
  void a_new_journal_in_place_of_the_one_that_wrote_the_copies_is_found() {
    JournalNode fresh = JournalNode.fresh(clock);
    AuditCopies other = on(fresh, signing);
    fresh.audit().append("eve", "run.begin", "a new life", Map.of());
    other.keep();
    assertThat(problem(other.compare()))
        .startsWith("Store far has copies of another audit of ours");
    assertThat(other.accept("ada", "the old journal is lost")).isEqualTo(1);
    assertThat(other.compare().whole()).isTrue();
  }

  @Test
  void copies_of_somebody_else_in_the_same_store_are_none_of_ours() {
    JournalNode fresh = JournalNode.fresh(clock);
    AuditCopies other = on(fresh, key("stranger"));
    fresh.audit().append("bob", "run.begin", "his own thing", Map.of());
    other.keep();

    assertThat(other.compare().whole()).isTrue();
    assertThat(copies.compare().whole()).isTrue();
  }

  @Test
  void copies_that_were_changed_or_taken_away_are_found() throws IOException {
    act(node, 2);
    clock.move(Duration.ofHours(1));
    copies.keep();
    Path last;
    try (Stream<Path> files = Files.walk(folder.resolve("far"))) {
      last =
          files
              .filter(file -> file.toString().matches(".*07-[0-9a-f]{8}.json"))
              .findFirst()
              .orElseThrow();
    }
    String text = Files.readString(last);
    Files.setPosixFilePermissions(
        last, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Files.writeString(last, text.replace("thing 1", "thing 9"));
    assertThat(problem(copies.compare())).contains("The signature does not hold");
    Files.delete(last);
    assertThat(problem(copies.compare()))
        .isEqualTo(
            "The copies of the entries 6 to 7 were put into store far and are gone from there.");
  }

  @Test
  void copies_signed_by_a_former_key_still_count_as_ours() {
    KeyMaker.Made successor = key("successor");
    act(node, 1);
    clock.move(Duration.ofHours(1));
    assertThat(problem(on(node, successor).compare())).contains("was not made by our signing key");
    AuditCopies knowing = on(node, successor, signing.publicFile());
    knowing.keep();

    assertThat(knowing.compare().whole()).isTrue();
    assertThat(documents()).hasSize(2);
  }

  @Test
  void a_store_that_is_away_is_no_verdict_and_takes_no_finding_back() throws IOException {
    change("DELETE FROM audit WHERE entry > 3");
    copies.compare();
    Files.move(folder.resolve("far"), folder.resolve("away"));
    Files.createFile(folder.resolve("far"));
    AuditVerdict verdict = copies.compare();
    assertThat(verdict.read()).isFalse();
    assertThat(verdict.whole()).isTrue();
    assertThat(copies.standing(Duration.ofHours(3)).problems())
        .as("it still holds the evidence")
        .hasSize(1);
  }

  @Test
  void entries_that_are_not_copied_in_time_are_known() {
    act(node, 1);
    clock.move(Duration.ofHours(3));
    assertThat(copies.standing(Duration.ofHours(3)).behind()).isEmpty();
    clock.move(Duration.ofSeconds(1));
    assertThat(copies.standing(Duration.ofHours(3)).behind()).containsExactly("far");
    copies.keep();
    assertThat(copies.standing(Duration.ofHours(3)).behind()).isEmpty();
  }
}
