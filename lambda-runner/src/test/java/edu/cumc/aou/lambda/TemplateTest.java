package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import edu.cumc.aou.sync.config.EnvironmentVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The deployment template and the code say the same. */
class TemplateTest {

  private final String template;

  TemplateTest() throws IOException {
    template = Files.readString(Path.of("template.yaml"));
  }

  @Test
  void handler_isTheClassThatLambdaCanMake() throws ReflectiveOperationException {
    String[] handler = value("Handler").split("::", 2);

    Class<?> type = Class.forName(handler[0]);
    assertThat(RequestStreamHandler.class).isAssignableFrom(type);
    assertThat(type.getConstructor().newInstance()).isInstanceOf(SyncHandler.class);
    assertThat(RequestStreamHandler.class.getMethods())
        .anyMatch(m -> m.getName().equals(handler[1]));
  }

  @Test
  void variables_areThoseThatAreRead() {
    Matcher names = Pattern.compile("^ +(AOU_[A-Z_]+):", Pattern.MULTILINE).matcher(template);
    List<String> used = names.results().map(r -> r.group(1)).toList();

    assertThat(used).contains("AOU_CONFIG").hasSizeGreaterThan(4);
    assertThat(used)
        .filteredOn(n -> !n.equals(EnvironmentVariables.CONFIG_FILE))
        .allMatch(EnvironmentVariables.all()::containsKey);
  }

  @Test
  void runs_areNotRepeatedBehindEverybodysBack() {
    assertThat(value("Timeout")).isEqualTo("900");
    assertThat(value("ReservedConcurrentExecutions")).isEqualTo("1");
    assertThat(Pattern.compile("MaximumRetryAttempts: (\\d+)").matcher(template).results())
        .hasSize(2)
        .allMatch(r -> r.group(1).equals("0"));
  }

  @Test
  void statuses_areThoseThatAreAnswered() {
    Matcher statuses = Pattern.compile("StringEquals: ([A-Z_]+)").matcher(template);

    assertThat(statuses.results().map(r -> r.group(1)).toList())
        .containsExactly(Answer.Status.CONTINUE.name(), Answer.Status.GUARDED.name());
  }

  private String value(String key) {
    Matcher line = Pattern.compile("^ +" + key + ": (\\S+)", Pattern.MULTILINE).matcher(template);
    assertThat(line.find()).as(key).isTrue();
    return line.group(1);
  }
}
