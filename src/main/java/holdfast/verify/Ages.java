package holdfast.verify;

import holdfast.catalog.Manifest;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells a bad dump from a good one that the scratch server is too old for. */
final class Ages {

  private static final Pattern MAJOR = Pattern.compile("^(\\d{1,4})\\b");

  private Ages() {}

  /** Why a load failed: what the server refused counts only where the server is new enough. */
  static RunException blame(Scratch scratch, Manifest manifest, RunException why) {
    if (why.code() != Code.PROGRAM_FAILED) {
      return why;
    }
    int dumped = major(manifest);
    try {
      int here = scratch.major();
      return here >= dumped ? why : older(manifest, here, dumped, why);
    } catch (SQLException e) {
      return new RunException(
          Code.UNREACHABLE,
          manifest.point(),
          true,
          "The scratch server was gone after point %s could not be loaded: look at its log and try again."
              .formatted(manifest.point()),
          why);
    }
  }

  private static int major(Manifest manifest) {
    return Stream.of("serverVersion", "clientVersion")
        .map(name -> MAJOR.matcher(manifest.source().getOrDefault(name, "")))
        .filter(Matcher::find)
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .max()
        .orElse(0);
  }

  private static RunException older(Manifest manifest, int here, int dumped, RunException why) {
    return new RunException(
        Code.UNFIT_TOOL,
        manifest.point(),
        false,
        "The scratch server is PostgreSQL %d and point %s was dumped by or from %d, so that it could not be loaded says nothing: prove it on a server of PostgreSQL %d or later."
            .formatted(here, manifest.point(), dumped, dumped),
        why);
  }
}
