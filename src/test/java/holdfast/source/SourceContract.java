package holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every source must hold to. */
@Timeout(120)
abstract class SourceContract {

  /** A source with something in it. */
  abstract Source source() throws Exception;

  /** Loads a dump of {@link #source()} into a fresh place, and digests what is there. */
  abstract String loaded(Source source, ByteArrayInputStream dump) throws Exception;

  /** Digests what {@link #source()} holds, in the same way. */
  abstract String original(Source source) throws Exception;

  static byte[] whole(Source source) throws IOException {
    try (Source.Dump dump = source.dump(source.probe())) {
      byte[] bytes = dump.bytes().readAllBytes();
      dump.evidence();
      return bytes;
    }
  }

  @Test
  void a_dump_loaded_again_is_the_same() throws Exception {
    Source source = source();
    assertThat(loaded(source, new ByteArrayInputStream(whole(source)))).isEqualTo(original(source));
  }

  @Test
  void the_evidence_names_the_format_and_every_entry() throws Exception {
    Source source = source();
    try (Source.Dump dump = source.dump(source.probe())) {
      dump.bytes().readAllBytes();
      Source.Evidence evidence = dump.evidence();
      assertThat(evidence.format()).isNotBlank();
      assertThat(evidence.extension()).matches("[a-z]+");
      assertThat(evidence.entriesRead()).isEqualTo(evidence.entriesWithData()).isPositive();
      assertThat(evidence.exits()).allMatch(exit -> exit.endsWith("exit code 0"));
    }
  }

  @Test
  void a_dump_that_nobody_read_to_its_end_has_no_evidence() throws Exception {
    Source source = source();
    try (Source.Dump dump = source.dump(source.probe())) {
      assertThat(dump.bytes().readNBytes(10)).hasSize(10);
      assertThatThrownBy(dump::evidence)
          .isInstanceOfSatisfying(
              RunException.class, e -> assertThat(e.code()).isEqualTo(Code.TRUNCATED));
    }
  }

  @Test
  void a_dump_closed_early_is_closed_for_good_and_may_be_closed_again() throws Exception {
    Source source = source();
    Source.Dump dump = source.dump(source.probe());
    assertThat(dump.bytes().read()).isNotNegative();
    dump.close();
    dump.close();
    assertThat(whole(source)).isNotEmpty();
  }

  @Test
  void facts_are_plain_and_estimate_the_size() throws Exception {
    Source.Facts facts = source().probe();
    assertThat(facts.bytes()).isPositive();
    assertThat(facts.details()).isNotEmpty().doesNotContainValue("");
  }
}
