package holdfast.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Every name of a header that anything of Camel on the class path obeys, and some of others. */
final class HeaderNames {

  private static final List<String> OTHERS =
      List.of(
          "To",
          "Cc",
          "Bcc",
          "Subject",
          "Reply-To",
          "Message-ID",
          "contentType",
          "Content-ID",
          "copyTo",
          "moveTo",
          "delete",
          "mail.smtp.host",
          "mail.smtp.port",
          "mail.smtp.from",
          "mail.smtp.socketFactory.class",
          "breadcrumbId",
          "file",
          "ce-id",
          "ce-type",
          "ce-source",
          "operationName",
          "Long-Running-Action",
          "kafka.TOPIC",
          "kafka.OVERRIDE_TOPIC",
          "websocket.connectionKey",
          "org.apache.camel.Exchange",
          "JMSDestination",
          "JMSReplyTo",
          "SOAPAction",
          "X-Forwarded-For",
          "holdfast-origin",
          "sender",
          "row",
          "ticket",
          "channel");

  private HeaderNames() {}

  /** In an order that the seed decides. */
  static List<String> all(long seed) throws IOException {
    Set<String> names = new TreeSet<>(OTHERS);
    ObjectMapper json = new ObjectMapper();
    for (Resource catalog :
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:META-INF/org/apache/camel/component/**/*.json")) {
      try (InputStream input = catalog.getInputStream()) {
        JsonNode headers = json.readTree(input).path("headers");
        headers.fieldNames().forEachRemaining(names::add);
      }
    }
    for (Field field : Exchange.class.getFields()) {
      if (field.getType() == String.class) {
        names.add(constant(field));
      }
    }
    names.addAll(constants());
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  /** What Camel's classes for constants name so, whether their component tells of it or not. */
  private static Set<String> constants() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Resource file :
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:org/apache/camel/**/*Constants.class")) {
      String path = file.getURL().getPath();
      String type = path.substring(path.lastIndexOf("org/apache/camel"), path.length() - 6);
      for (Field field : fields(type.replace('/', '.'))) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
          names.add(constant(field));
        }
      }
    }
    names.removeIf(name -> !name.startsWith("Camel"));
    return names;
  }

  /** None where the class needs a library that is not here. */
  private static Field[] fields(String type) {
    try {
      return Class.forName(type, false, HeaderNames.class.getClassLoader()).getFields();
    } catch (ClassNotFoundException | LinkageError absent) {
      return new Field[0];
    }
  }

  private static String constant(Field field) {
    try {
      return String.valueOf(field.get(null));
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** As it is, in small letters, in capitals, and in turns. */
  static List<String> spellings(String name) {
    StringBuilder turns = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      turns.append(i % 2 == 0 ? Character.toLowerCase(c) : Character.toUpperCase(c));
    }
    return List.of(
        name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT), turns.toString());
  }
}
