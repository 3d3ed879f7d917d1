package holdfast.camel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes that the plan asks for, one per schedule entry and per channel, made from templates.
 */
public final class Instances {

  private static final Logger LOG = LoggerFactory.getLogger(Instances.class);

  /** One route wanted: its id, its template, and the template's parameters. */
  record Wanted(String id, String template, Map<String, Object> parameters) {}

  private final RouteLoader loader;
  private final Supplier<List<Wanted>> wanted;
  private final Map<String, Wanted> open = new LinkedHashMap<>();
  private final Map<String, String> closed = new LinkedHashMap<>();

  Instances(RouteLoader loader, Supplier<List<Wanted>> wanted) {
    this.loader = loader;
    this.wanted = wanted;
  }

  /** The routes that the plan asks for. */
  List<Wanted> wanted() {
    return wanted.get();
  }

  /** Opens whatever is wanted, not yet open, and possible by now; a timer calls it again. */
  public synchronized void open() {
    for (Wanted route : wanted.get()) {
      if (!open.containsKey(route.id()) && loader.templates().contains(route.template())) {
        open(route);
      }
    }
  }

  private void open(Wanted route) {
    try {
      loader.add(route.id(), route.template(), route.parameters());
      open.put(route.id(), route);
      closed.remove(route.id());
    } catch (Exception refused) {
      String why = Failure.sentence(refused);
      if (!why.equals(closed.put(route.id(), why))) {
        LOG.error("Route {} cannot be opened and will be tried again: {}", route.id(), why);
      }
    }
  }

  /** The routes made from any of {@code templates}. */
  synchronized List<String> of(Set<String> templates) {
    return open.values().stream()
        .filter(route -> templates.contains(route.template()))
        .map(Wanted::id)
        .toList();
  }

  /** Takes out the routes made from {@code templates}; they are stopped by then. */
  synchronized void close(Set<String> templates) throws Exception {
    for (String id : of(templates)) {
      loader.removeRoute(id);
      open.remove(id);
    }
  }

  /** Why a wanted route of {@code templates} could not be opened; empty when all are open. */
  synchronized Optional<String> closed(Set<String> templates) {
    return wanted.get().stream()
        .filter(route -> templates.contains(route.template()))
        .map(route -> closed.get(route.id()))
        .filter(Objects::nonNull)
        .findFirst();
  }
}
