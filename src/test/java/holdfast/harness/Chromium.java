package holdfast.harness;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The machine's own Chromium; whatever a page complains of is kept. */
public final class Chromium implements AutoCloseable {

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(Path.of("/usr/bin/chromium"))
                  .setArgs(
                      List.of(
                          "--headless",
                          "--no-sandbox",
                          "--disable-gpu",
                          "--disable-quic",
                          "--no-first-run",
                          "--disable-background-networking",
                          "--disable-component-update",
                          "--disable-sync")));

  /** Types of requests that the browser itself gives up when a page is left. */
  private static final Set<String> GIVEN_UP = Set.of("fetch", "other");

  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /** A page of its own session; {@code scripts} off shows what is left without them. */
  public Page page(int width, ColorScheme scheme, boolean scripts) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(scheme)
                .setJavaScriptEnabled(scripts));
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    Set<Request> ofPagesLeft = ConcurrentHashMap.newKeySet();
    Set<Request> ofThisPage = ConcurrentHashMap.newKeySet();
    page.onRequest(
        request -> {
          if (request.isNavigationRequest()) {
            ofPagesLeft.addAll(ofThisPage);
            ofThisPage.clear();
          }
          ofThisPage.add(request);
        });
    page.onRequestFailed(request -> note(request, ofPagesLeft.contains(request)));
    return page;
  }

  /**
   * What a page still loads when a person goes on to another one is given up with it; so is a look
   * at the progress that is under way. A page's icon, alone of type "other", is loaded so late that
   * the next page may have been asked for before it.
   */
  private void note(Request request, boolean left) {
    boolean aborted = "net::ERR_ABORTED".equals(request.failure());
    if (!(aborted && (left || GIVEN_UP.contains(request.resourceType())))) {
      complaints.add(request.url() + " " + request.failure());
    }
  }

  /** Console errors, failed requests and violations of the content security policy. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** A picture of the whole page, to be looked at. */
  public static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target/screenshots", name + ".png")));
  }

  /** Whether a part of the page is wider than its window. */
  public static boolean scrollsSideways(Page page) {
    return (Boolean)
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth");
  }

  @Override
  public void close() {
    playwright.close();
  }
}
