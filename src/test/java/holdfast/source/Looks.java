package holdfast.source;

import holdfast.plan.ConnectionSpec;
import holdfast.plan.Secrets;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at databases through connections of tests. */
public final class Looks {

  private Looks() {}

  public static DatabaseLook over(Secrets secrets, ConnectionSpec... connections) {
    return new DatabaseLook(
        Arrays.stream(connections)
            .collect(Collectors.toMap(ConnectionSpec::name, Function.identity())),
        new PostgresServers(secrets));
  }
}
