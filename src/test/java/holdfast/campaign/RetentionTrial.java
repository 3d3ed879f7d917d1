package holdfast.campaign;

import holdfast.retention.RandomHistories;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Random histories under random rules; an oracle of its own looks at what would be let go. */
final class RetentionTrial implements Trial {

  @Override
  public String words() {
    return "random histories of points, under random rules";
  }

  @Override
  public long runs() {
    return 100_000;
  }

  @Override
  public Map<String, Object> run(long histories, long seed) {
    return RandomHistories.run(histories, seed);
  }

  @Override
  public List<String> broken(Map<String, Object> counted) {
    List<String> broken =
        new ArrayList<>(
            Limit.broken(counted, new Limit("broken", 0), new Limit("deletedByClock", 0)));
    if (((Number) counted.get("going")).longValue() == 0) {
      broken.add("nothing was let go, so nothing was shown");
    }
    ((List<?>) counted.get("first")).forEach(sentence -> broken.add(sentence.toString()));
    return broken;
  }
}
