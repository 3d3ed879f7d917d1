package holdfast.camel;

import holdfast.camel.RouteFiles.RouteFile;
import java.util.stream.Collectors;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * A route file as a visual editor writes it again: read as plain YAML, written in block form, the
 * leading comment put back. Camel's own writer is no measure: in this version it loses descriptions
 * and the inside of templates and policies, and breaks off at a method expression.
 */
final class CanonicalForm {

  private CanonicalForm() {}

  static RouteFile of(RouteFile file) {
    DumperOptions block = new DumperOptions();
    block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    Yaml yaml = new Yaml(block);
    String comment =
        file.text().lines().takeWhile(l -> l.startsWith("#")).collect(Collectors.joining("\n"));
    return new RouteFile(file.path(), comment + "\n" + yaml.dump(yaml.<Object>load(file.text())));
  }

  /** What Camel's reader makes of a file, in words. */
  static String model(RouteFile file) {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.disableJMX();
      context.setAutoStartup(false);
      for (RoutesBuilder builder :
          PluginHelper.getRoutesLoader(context)
              .findRoutesBuilders(ResourceHelper.fromString("mem:" + file.path(), file.text()))) {
        if (builder instanceof RouteConfigurationsBuilder policies) {
          context.addRoutesConfigurations(policies);
        }
        context.addRoutes(builder);
      }
      return context.getRouteDefinitions()
          + "\n"
          + context.getRouteTemplateDefinitions().stream()
              .map(template -> template.getId() + template.getRoute())
              .toList()
          + context.getRouteConfigurationDefinitions().stream()
              .map(p -> p.getId() + p.getOnExceptions() + p.getOnCompletions())
              .toList();
    } catch (Exception refused) {
      throw new IllegalStateException(file.path().toString(), refused);
    }
  }
}
