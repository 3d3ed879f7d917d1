package holdfast.camel;

import holdfast.camel.RouteFiles.RouteFile;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RouteController;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Puts routes into a running context, or takes them out again; never half of a file. One at a time:
 * Camel's lists of definitions bear no second writer, and a timer asks for routes while files load.
 */
final class RouteLoader {

  private static final long STOP_SECONDS = 5;
  private static final long RING_SECONDS = 1;
  private static final long PATIENCE_SECONDS = 3;

  /** What one file brought into the context. */
  record Loaded(RouteFile file, Set<String> routes, Set<String> templates, Set<String> policies) {}

  private final CamelContext context;

  RouteLoader(CamelContext context) {
    this.context = context;
  }

  /** Loads and starts {@code file}; when it fails, nothing of it stays behind. */
  synchronized Loaded add(RouteFile file) throws Exception {
    Loaded before = everything(file);
    try {
      for (RoutesBuilder builder : builders(file)) {
        if (builder instanceof RouteConfigurationsBuilder policies) {
          context.addRoutesConfigurations(policies);
        }
        context.addRoutes(builder);
      }
      return added(file, before);
    } catch (Exception refused) {
      remove(added(file, before));
      throw refused;
    }
  }

  /** Makes and starts the route {@code id} from a template. */
  synchronized void add(String id, String template, Map<String, Object> parameters)
      throws Exception {
    TemplatedRouteBuilder.builder(context, template).routeId(id).parameters(parameters).add();
  }

  private Collection<RoutesBuilder> builders(RouteFile file) throws Exception {
    Resource text = ResourceHelper.fromString("mem:" + file.path(), file.text());
    return PluginHelper.getRoutesLoader(context).findRoutesBuilders(text);
  }

  /** Whether the routes come to rest: a tick of a poller is over soon, a backup is not. */
  private boolean rests(Collection<String> routes) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (routes.stream().anyMatch(id -> context.getInflightRepository().size(id) > 0)) {
      if (System.nanoTime() > until) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return true;
  }

  /** Stops the routes, all or none: false, and all run again, when work would be cut off. */
  boolean quiesce(Collection<String> routes) throws Exception {
    if (!rests(routes)) {
      return false;
    }
    for (String id : routes) {
      if (context.getRoute(id) != null && !stops(id)) {
        start(routes);
        return false;
      }
    }
    return true;
  }

  /**
   * Stops one route unless work is inside. A reader that is only rung for, as its queue's purging
   * says, may always find the next ring in its queue; that is no work, and nothing is lost with it.
   */
  private boolean stops(String id) throws Exception {
    boolean rung =
        context.getRoute(id).getEndpoint() instanceof SedaEndpoint queue
            && queue.isPurgeWhenStopping();
    long patience = rung ? RING_SECONDS : STOP_SECONDS;
    RouteController controller = context.getRouteController();
    return controller.stopRoute(id, patience, TimeUnit.SECONDS, true)
        || (rung
            && context.getInflightRepository().size(id) == 0
            && controller.stopRoute(id, RING_SECONDS, TimeUnit.SECONDS, false));
  }

  /** Starts whatever of the routes is stopped. */
  void start(Collection<String> routes) throws Exception {
    for (String id : routes) {
      if (context.getRoute(id) != null) {
        context.getRouteController().startRoute(id);
      }
    }
  }

  /** Takes everything out that a file brought in; its routes are stopped by then. */
  synchronized void remove(Loaded loaded) throws Exception {
    for (String id : loaded.routes()) {
      removeRoute(id);
    }
    for (String id : loaded.templates()) {
      context.removeRouteTemplates(id);
    }
    for (String id : loaded.policies()) {
      RouteConfigurationDefinition policy = model().getRouteConfigurationDefinition(id);
      if (policy != null) {
        model().removeRouteConfiguration(policy);
      }
    }
  }

  /** Takes one route out, its definition included. */
  synchronized void removeRoute(String id) throws Exception {
    if (context.getRoute(id) != null) {
      context.getRouteController().stopRoute(id);
      context.removeRoute(id);
    }
    RouteDefinition definition = model().getRouteDefinition(id);
    if (definition != null) {
      model().removeRouteDefinition(definition);
    }
  }

  private Loaded added(RouteFile file, Loaded before) {
    Loaded now = everything(file);
    now.routes().removeAll(before.routes());
    now.templates().removeAll(before.templates());
    now.policies().removeAll(before.policies());
    return now;
  }

  /** The ids of all templates in the context. */
  synchronized Set<String> templates() {
    Set<String> templates = new TreeSet<>();
    for (RouteTemplateDefinition template : model().getRouteTemplateDefinitions()) {
      templates.add(template.getId());
    }
    return templates;
  }

  private Loaded everything(RouteFile file) {
    Set<String> routes = new LinkedHashSet<>();
    for (RouteDefinition route : model().getRouteDefinitions()) {
      routes.add(route.getRouteId());
    }
    Set<String> templates = templates();
    Set<String> policies = new TreeSet<>();
    for (RouteConfigurationDefinition policy : model().getRouteConfigurationDefinitions()) {
      policies.add(policy.getId());
    }
    return new Loaded(file, routes, templates, policies);
  }

  private Model model() {
    return (ModelCamelContext) context;
  }
}
