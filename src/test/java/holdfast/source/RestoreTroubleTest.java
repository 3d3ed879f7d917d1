package holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.harness.Postgres;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.process.Running;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreTroubleTest {

  @Test
  void a_missing_extension_is_named_with_its_package() throws Exception {
    String database = Postgres.database("extension", "CREATE EXTENSION pg_trgm");
    String dump =
        new String(SourceContract.whole(Sample.full(database)), StandardCharsets.ISO_8859_1);
    byte[] other = dump.replace("pg_trgm", "no_such").getBytes(StandardCharsets.ISO_8859_1);
    String copy = Postgres.database("lacking");
    RunException trouble =
        catchThrowableOfType(
            RunException.class,
            () ->
                Sample.sources(Sample.server())
                    .load(new ByteArrayInputStream(other), Sample.target(copy)));
    assertThat(trouble.code()).isEqualTo(Code.UNFIT_TOOL);
    assertThat(trouble)
        .hasMessageMatching(
            "The server that database .* is restored to lacks extension no_such: install it there \\(Debian: postgresql-\\d+-no-such\\)\\.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ERROR:  extension \"postgis\" is not available | UNFIT_TOOL | postgresql-15-postgis-3",
        "could not open extension control file \"/usr/share/vector.control\": No such file | UNFIT_TOOL | postgresql-15-pgvector",
        "ERROR:  could not extend file \"base/1/2\": No space left on device | FULL | free space",
        "pg_restore: error: could not read from input file: end of file | TRUNCATED | cut short",
        "pg_restore: error: could not execute query: ERROR:  relation \"t\" already exists | PROGRAM_FAILED | relation \"t\" already exists",
      })
  void what_pg_restore_says_becomes_one_sentence(String said, Code code, String words) {
    RunException trouble =
        RestoreTrouble.of(new Running.Exit(1, said, false), Sample.target("x"), 15);
    assertThat(trouble.code()).isEqualTo(code);
    assertThat(trouble).hasMessageContaining(words);
  }
}
