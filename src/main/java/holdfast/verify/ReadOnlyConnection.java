package holdfast.verify;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Set;

/**
 * A connection that prepares single reading statements of one column, caps their rows, and can do
 * nothing else.
 */
final class ReadOnlyConnection implements InvocationHandler {

  static final int ROWS_MAX = 1000;
  private static final Set<String> HARMLESS =
      Set.of(
          "close",
          "isClosed",
          "isValid",
          "getAutoCommit",
          "isReadOnly",
          "getMetaData",
          "getWarnings",
          "clearWarnings",
          "rollback",
          "toString",
          "hashCode",
          "equals");

  private final Connection connection;

  private ReadOnlyConnection(Connection connection) {
    this.connection = connection;
  }

  static Connection around(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            ReadOnlyConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new ReadOnlyConnection(connection));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("prepareStatement") && arguments.length == 1) {
      return prepare((String) arguments[0]);
    }
    if (!HARMLESS.contains(method.getName())) {
      throw new SQLException(method.getName() + " is not allowed on the copy under proof");
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    Question.require(sql);
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setMaxRows(ROWS_MAX);
    ResultSetMetaData answer = statement.getMetaData();
    if (answer == null || answer.getColumnCount() != 1) {
      statement.close();
      throw new SQLException("a verification query must return one column");
    }
    return statement;
  }
}
