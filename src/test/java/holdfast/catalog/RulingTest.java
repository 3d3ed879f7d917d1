package holdfast.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.harness.SamplePlan;
import holdfast.journal.Run;
import holdfast.plan.Asset;
import holdfast.source.Source;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.stream.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RulingTest {

  private static final Asset ASSET = SamplePlan.asset();
  private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
  private static final Run RUN = run("20261121T020000000-aaaaaa", 4);
  private static final Ticket COMPLETE = Shelf.complete(ASSET, RUN, NOW);
  private static final Evidence EVIDENCE = COMPLETE.evidence();

  @Test
  void complete_evidence_misses_nothing() {
    assertThat(Ruling.missing(COMPLETE, Shelf.SEEN)).isEmpty();
  }

  @Test
  void an_empty_ticket_misses_the_claim_the_recipe_and_the_transfer() {
    Ticket ticket = Ticket.of("r", ASSET, "cli", "ada", null);

    assertThat(Ruling.missing(ticket, Shelf.SEEN))
        .containsExactly("a claimed run", "the plan's recipe", "a transfer");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flaws")
  void each_flaw_is_named_exactly(String missing, Ticket ticket) {
    assertThat(Ruling.missing(ticket, Shelf.SEEN)).containsExactly(missing);
  }

  static Stream<Arguments> flaws() {
    return Stream.of(
        Arguments.of("a claimed run", COMPLETE.claimedBy(run(RUN.id(), 4, Run.Kind.VERIFY))),
        Arguments.of(
            "the plan's recipe",
            ticket(RUN, COMPLETE.recipe().subList(0, 2), EVIDENCE, "primary", "second")),
        Arguments.of(
            "the plan's recipe",
            ticket(
                RUN,
                List.of(
                    Recipe.dump(ASSET),
                    new Stage("compress", Map.of("kind", "zstd", "level", "1")),
                    Recipe.seal(ASSET.pipeline())),
                EVIDENCE,
                "primary",
                "second")),
        Arguments.of(
            "the plan's recipe",
            ticket(
                RUN,
                List.of(
                    Recipe.dump(ASSET),
                    Recipe.compress(ASSET.pipeline()),
                    new Stage("seal", Map.of("recipients", "operations"))),
                EVIDENCE,
                "primary",
                "second")),
        Arguments.of(
            "an independent look at the copy in store second",
            ticket(RUN, COMPLETE.recipe(), EVIDENCE, "primary")),
        Arguments.of("data of 1 of the dump's 2 entries", with(source(2, List.of("0")))),
        Arguments.of("the exit codes of the dump's programs", with(source(1, List.of()))),
        Arguments.of("one receipt of store second", receipts(List.of(EVIDENCE.receipts().get(0)))),
        Arguments.of("the sealed length in store second", second(499, "c", "data.dump.zst.gpg")),
        Arguments.of("the checksum of store second", second(500, null, "data.dump.zst.gpg")),
        Arguments.of("the point's own key in store second", second(500, "c", "data.other.zst.gpg")),
        Arguments.of("a manifest that can be read", manifest("not json")),
        Arguments.of(
            "a manifest that can be read",
            manifest(text().replace("\"schema\" : 1", "\"schema\" : 2"))),
        disagreement("point", text -> text.replace(RUN.id(), "20261121T020000000-bbbbbb")),
        disagreement("asset", text -> text.replace("roleferry/database", "roleferry/other")),
        disagreement("fencing token", text -> text.replace("\"token\" : 4", "\"token\" : 3")),
        disagreement("object", text -> text.replace("data.dump.zst.gpg", "data.gpg")),
        disagreement("format", text -> text.replace("postgresql-custom", "postgresql-plain")),
        disagreement("pipeline", text -> text.replace("\"level\" : 3", "\"level\" : 1")),
        disagreement("plain length and hash", text -> text.replace("0".repeat(64), "2".repeat(64))),
        disagreement("sealed length and hash", text -> text.replace(": 500", ": 501")),
        disagreement("row counts", text -> text.replace(": 7", ": 8")),
        disagreement("recipients' keys", text -> text.replace("\"BB\"", "\"DD\"")),
        disagreement("signing key", text -> text.replace("\"CC\"", "\"DD\"")));
  }

  @Test
  void a_bad_signature_is_named_with_its_reason() {
    Ruling.Seen seen = new Ruling.Seen(List.of("AA", "BB"), "CC", "It is not ours.", Set.of());

    assertThat(Ruling.missing(COMPLETE, seen))
        .containsExactly("a valid signature of the manifest (It is not ours.)");
  }

  @Test
  void a_store_that_never_reports_checksums_needs_none() {
    Ruling.Seen seen = new Ruling.Seen(List.of("AA", "BB"), "CC", null, Set.of("second"));

    assertThat(Ruling.missing(second(500, null, "data.dump.zst.gpg"), seen)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void bytes_without_length_or_hash_are_not_whole(Digest digest) {
    Evidence flawed =
        new Evidence(
            RUN.id(),
            EVIDENCE.facts(),
            EVIDENCE.source(),
            digest,
            digest,
            EVIDENCE.receipts(),
            Map.of(),
            EVIDENCE.manifest(),
            EVIDENCE.signature(),
            NOW,
            NOW);

    assertThat(Ruling.missing(COMPLETE.with(flawed), Shelf.SEEN))
        .contains(
            "length and SHA-256 of the plain bytes", "length and SHA-256 of the sealed bytes");
  }

  static Stream<Digest> bytes_without_length_or_hash_are_not_whole() {
    return Stream.of(
        new Digest(0, "0".repeat(64)),
        new Digest(1, ""),
        new Digest(1, "0".repeat(63)),
        new Digest(1, "A".repeat(64)));
  }

  private static Arguments disagreement(String on, UnaryOperator<String> change) {
    String changed = change.apply(text());
    assertThat(changed).as(on).isNotEqualTo(text());
    return Arguments.of("a manifest that agrees on the " + on, manifest(changed));
  }

  private static String text() {
    return new String(EVIDENCE.manifest(), StandardCharsets.UTF_8);
  }

  private static Ticket manifest(String text) {
    return COMPLETE.with(
        new Evidence(
            RUN.id(),
            EVIDENCE.facts(),
            EVIDENCE.source(),
            EVIDENCE.plain(),
            EVIDENCE.sealed(),
            EVIDENCE.receipts(),
            Map.of(),
            text.getBytes(StandardCharsets.UTF_8),
            EVIDENCE.signature(),
            NOW,
            NOW));
  }

  private static Ticket receipts(List<Store.Receipt> receipts) {
    return COMPLETE.with(
        new Evidence(
            RUN.id(),
            EVIDENCE.facts(),
            EVIDENCE.source(),
            EVIDENCE.plain(),
            EVIDENCE.sealed(),
            receipts,
            Map.of(),
            EVIDENCE.manifest(),
            EVIDENCE.signature(),
            NOW,
            NOW));
  }

  private static Ticket second(long bytes, @Nullable String checksum, String name) {
    Key key = Layout.folder(ASSET.id(), RUN.id()).child(name);
    Store.Head head = new Store.Head(bytes, checksum, "e", NOW, null);
    return receipts(
        List.of(EVIDENCE.receipts().get(0), new Store.Receipt("second", key, head, 1, bytes)));
  }

  private static Ticket with(Source.Evidence source) {
    return COMPLETE.with(
        new Evidence(
            RUN.id(),
            EVIDENCE.facts(),
            source,
            EVIDENCE.plain(),
            EVIDENCE.sealed(),
            EVIDENCE.receipts(),
            Map.of(),
            EVIDENCE.manifest(),
            EVIDENCE.signature(),
            NOW,
            NOW));
  }

  private static Source.Evidence source(int announced, List<String> exits) {
    Source.Evidence whole = Shelf.source();
    return new Source.Evidence(
        whole.format(), whole.extension(), whole.rows(), Map.of(), announced, 1, exits);
  }

  private static Ticket ticket(
      @Nullable Run run, List<Stage> recipe, Evidence evidence, String... confirmed) {
    return new Ticket(
        RUN.id(), ASSET, "cli", "ada", null, run, recipe, evidence, List.of(confirmed));
  }

  private static Run run(String id, long token) {
    return run(id, token, Run.Kind.BACKUP);
  }

  private static Run run(String id, long token, Run.Kind kind) {
    return new Run(
        id,
        kind,
        ASSET.id(),
        Run.State.RUNNING,
        "cli",
        "ada",
        null,
        token,
        null,
        NOW,
        null,
        null,
        null,
        null);
  }
}
