package holdfast.harness;

import holdfast.Application;
import holdfast.store.Stores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The service as a child process whose clock can be moved and which dies where it is told to:
 * {@code Victim HOME}. The clock is the file {@code clock} there, the failpoints are the folder's.
 * Both are sources of beans for those who name them, and found by no other test's service.
 */
public class Victim {

  /** The clock of a home's file: a source of beans of its own. */
  public static class Time {

    @Bean
    @Primary
    static InstantSource shiftedClock(@Value("${holdfast.home}") Path home) {
      return ShiftedClock.of(home.resolve("clock"));
    }
  }

  /** Serves the folder given until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    Application.start(
        Path.of(arguments[0]),
        "--spring.main.sources=" + Victim.class.getName() + "," + Time.class.getName(),
        "--server.port=0",
        "--management.server.port=0");
    new CountDownLatch(1).await();
  }

  @Bean
  static Failpoints failpoints(@Value("${holdfast.home}") Path home) {
    return new Failpoints(home);
  }

  @Bean
  static BeanPostProcessor commits(Failpoints failpoints) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof Stores stores) {
          return new MarkedStores(stores, failpoints);
        }
        return name.equals("journal") && bean instanceof DataSource journal
            ? failpoints.around(journal)
            : bean;
      }
    };
  }

  /** Every step of every route is a point, named by its route and its own id. */
  @Bean
  static InterceptStrategy steps(Failpoints failpoints) {
    return new InterceptStrategy() {
      @Override
      public Processor wrapProcessorInInterceptors(
          CamelContext context, NamedNode node, Processor target, Processor next) {
        return new DelegateAsyncProcessor(target) {
          @Override
          public boolean process(Exchange exchange, AsyncCallback done) {
            String before =
                failpoints.enter("%s of %s".formatted(node.getId(), exchange.getFromRouteId()));
            try {
              return super.process(exchange, done);
            } finally {
              failpoints.leave(before);
            }
          }
        };
      }
    };
  }
}
