package holdfast.source;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Asset;
import holdfast.plan.ConnectionSpec;
import holdfast.plan.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Sources of the installation's connections. */
final class PostgresSources implements Sources {

  private final Installation installation;
  private final PostgresSource.Tools tools;

  PostgresSources(Installation installation, PostgresSource.Tools tools) {
    this.installation = installation;
    this.tools = tools;
  }

  @Override
  public Source of(Asset asset) {
    String name = asset.source().connection();
    ConnectionSpec server = installation.connections().get(name);
    if (server == null) {
      throw new RunException(
          Code.INVALID,
          asset.id().toString(),
          false,
          "Asset %s names connection %s, which application.yml does not have: add it under holdfast.connections."
              .formatted(asset.id(), name));
    }
    return new PostgresSource(asset, server, tools);
  }

  @Override
  public void load(InputStream dump, Target target, Consumer<Runnable> running) throws IOException {
    new Load(tools.processes(), tools.programs(), tools.settings()).run(dump, target, running);
  }
}
