package holdfast.camel;

import holdfast.plan.ChannelSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP clients for channels: no redirect is followed, nothing is repeated, no cookie is kept, and
 * an answer of any kind must be over within ten seconds and is read to 64 kB.
 */
final class HookClients {

  private static final long CONNECT_SECONDS = 5;
  private static final long ANSWER_SECONDS = 10;
  private static final int ANSWER_MAX = 64 * 1024;

  /** One thread for all: it only ends what takes too long. */
  private static final ScheduledExecutorService ENDING = ending();

  private HookClients() {}

  /** For addresses that the plan's author has chosen, whatever network they are in. */
  static CloseableHttpClient trusting() {
    return client(SystemDefaultDnsResolver.INSTANCE);
  }

  /** For a webhook: never link-local addresses, and private ones only where the plan says so. */
  static CloseableHttpClient guarded(ChannelSpec.Webhook hook) {
    return client(
        new SystemDefaultDnsResolver() {
          @Override
          public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] found = super.resolve(host);
            for (InetAddress address : found) {
              Networks.refusal(address, hook.allowPrivate())
                  .ifPresent(
                      why -> {
                        throw new RefusedException(
                            "The host %s is %s.".formatted(host, why), true, true);
                      });
            }
            return found;
          }
        });
  }

  private static CloseableHttpClient client(DnsResolver names) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setMaxConnPerRoute(2)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(CONNECT_SECONDS))
                        .setSocketTimeout(Timeout.ofSeconds(ANSWER_SECONDS))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setRedirectsEnabled(false)
                .setResponseTimeout(Timeout.ofSeconds(ANSWER_SECONDS))
                .setConnectionRequestTimeout(Timeout.ofSeconds(ANSWER_SECONDS))
                .build())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .setUserAgent("Holdfast")
        .addExecInterceptorFirst("whole", HookClients::whole)
        .build();
  }

  /** Reads the whole answer here, so that a slow body cannot outlast the deadline either. */
  private static ClassicHttpResponse whole(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Future<?> end =
        ENDING.schedule(scope.execRuntime::discardEndpoint, ANSWER_SECONDS, TimeUnit.SECONDS);
    try {
      ClassicHttpResponse answer = chain.proceed(request, scope);
      HttpEntity entity = answer.getEntity();
      if (entity != null) {
        try (InputStream body = entity.getContent()) {
          byte[] read = body.readNBytes(ANSWER_MAX);
          answer.setEntity(
              new ByteArrayEntity(read, ContentType.parseLenient(entity.getContentType())));
        }
      }
      return answer;
    } finally {
      end.cancel(false);
    }
  }

  private static ScheduledExecutorService ending() {
    ScheduledThreadPoolExecutor one =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = Executors.defaultThreadFactory().newThread(work);
              thread.setDaemon(true);
              thread.setName("hook-deadline");
              return thread;
            });
    one.setRemoveOnCancelPolicy(true);
    return one;
  }
}
