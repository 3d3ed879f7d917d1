package holdfast.camel;

import holdfast.camel.Instances.Wanted;
import holdfast.camel.RouteFiles.RouteFile;
import holdfast.plan.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.Service;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.Language;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultRegistry;
import org.jspecify.annotations.Nullable;

/** A throw-away context that makes routes out of files with the real beans, and starts none. */
final class TrialContext implements AutoCloseable {

  private static final Pattern UNKNOWN = Pattern.compile("Unknown parameters=\\[\\{(\\w+)=");
  private static final Pattern ADDRESS = Pattern.compile("Failed to resolve endpoint: ([\\w-]+):");

  private final DefaultCamelContext context;
  private final RouteLoader loader;

  TrialContext(CamelContext live) {
    context = new DefaultCamelContext(new DefaultRegistry(sharing(live)));
    context.disableJMX();
    context.setAutoStartup(false);
    context.getPropertiesComponent().addPropertiesSource(settings(live));
    CamelConfiguration.settle(context);
    context.start();
    loader = new RouteLoader(context);
  }

  /** Makes the file's routes, those of its templates too where the plan wants any. */
  Optional<Finding> finding(RouteTree tree, List<Wanted> wanted) {
    try {
      RouteFile file = tree.file();
      Set<String> templates = loader.add(file).templates();
      for (Wanted route : wanted) {
        if (templates.contains(route.template())) {
          TemplatedRouteBuilder.builder(context, route.template())
              .routeId(route.id())
              .parameters(new HashMap<>(route.parameters()))
              .add();
        }
      }
      return Optional.empty();
    } catch (Exception refused) {
      return Optional.of(finding(tree, refused));
    }
  }

  private static Finding finding(RouteTree tree, Exception refused) {
    String text = whole(refused);
    Matcher unknown = UNKNOWN.matcher(text);
    Matcher address = ADDRESS.matcher(text);
    if (unknown.find()) {
      String option = unknown.group(1);
      String scheme = address.find() ? address.group(1) : "this endpoint";
      return tree.error(
          pointer(tree, option),
          "The option '%s' is not known to %s.".formatted(option, scheme),
          "Correct or remove it.");
    }
    String pointer =
        refused instanceof FailedToCreateRouteException && address.find()
            ? endpoint(tree, address.group(1))
            : tree.routePointer();
    return tree.error(
        pointer,
        "Camel cannot make this route.",
        "It says: %s".formatted(Failure.sentence(refused)));
  }

  private static String pointer(RouteTree tree, String option) {
    return tree.fields().stream()
        .filter(field -> field.name().equals(option) && field.above().endsWith("/parameters"))
        .map(RouteTree.Field::pointer)
        .findFirst()
        .orElse(tree.routePointer());
  }

  private static String endpoint(RouteTree tree, String scheme) {
    return tree.endpoints().stream()
        .filter(field -> field.value().asText().equals(scheme))
        .map(RouteTree.Field::pointer)
        .findFirst()
        .orElse(tree.routePointer());
  }

  private static String whole(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      text.append(cause.getMessage()).append('\n');
    }
    return text.toString();
  }

  private static PropertiesSource settings(CamelContext live) {
    return new PropertiesSource() {
      @Override
      public String getName() {
        return "live";
      }

      @Override
      public @Nullable String getProperty(String name) {
        return live.getPropertiesComponent().resolveProperty(name).orElse(null);
      }
    };
  }

  /** The live beans, without anything that would let the trial touch the live context itself. */
  private static BeanRepository sharing(CamelContext live) {
    return new BeanRepository() {
      @Override
      public @Nullable Object lookupByName(String name) {
        return harmless(live.getRegistry().lookupByName(name));
      }

      @Override
      public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
        Object bean = harmless(live.getRegistry().lookupByName(name));
        return type.isInstance(bean) ? type.cast(bean) : null;
      }

      @Override
      public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return Map.of();
      }

      @Override
      public <T> Set<T> findByType(Class<T> type) {
        return Set.of();
      }
    };
  }

  private static @Nullable Object harmless(@Nullable Object bean) {
    boolean ofTheContext =
        bean instanceof CamelContext
            || bean instanceof Component
            || bean instanceof Language
            || bean instanceof DataFormat
            || bean instanceof Service;
    return ofTheContext ? null : bean;
  }

  @Override
  public void close() {
    context.stop();
  }
}
