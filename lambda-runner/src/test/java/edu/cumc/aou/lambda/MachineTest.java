package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.runtime.notify.Delivery;
import edu.cumc.aou.sync.check.Finding;
import edu.cumc.aou.sync.model.FindingCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The state machine of the template, after the function has answered. A path that the answer does
 * not have ends an execution with an error of the machine's own, and tells nobody.
 */
class MachineTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH = Pattern.compile("\\$\\.answer\\.(\\w+)");

  private final Map<String, Object> states;

  MachineTest() throws IOException {
    states =
        Template.read(Path.of("template.yaml"))
            .map("Resources", "SyncMachine", "Properties", "Definition", "States");
  }

  static Stream<LambdaAnswer> trials() {
    Finding broken =
        new Finding(
            Finding.Level.ERROR, FindingCode.values()[0], "store", "is away", "", List.of());
    return Stream.of(
        LambdaAnswer.of(List.of(broken)),
        LambdaAnswer.ofTest(List.of(new Delivery("notify.mail", "nobody answers"))),
        LambdaAnswer.of(List.of()),
        LambdaAnswer.nobody(),
        LambdaAnswer.alreadyRunning());
  }

  @ParameterizedTest
  @MethodSource("trials")
  void answerWithoutARun_comesToAState_thatAsksForNone(LambdaAnswer answer) throws IOException {
    JsonNode document = JSON.readTree(written(answer));

    Map<?, ?> state = afterChoices(document);

    assertThat(PATH.matcher(state.toString()).results().map(m -> m.group(1)))
        .allMatch(document::has);
    String next = state.containsKey("Next") ? state.get("Next").toString() : "";
    assertThat(answer.status() == LambdaAnswer.Status.PARTIAL ? next : state.get("Type"))
        .isIn("Over", "Succeed");
  }

  @Test
  void answerOfARun_isToldWithItsNumber() throws IOException {
    JsonNode partial = JSON.readTree("{\"run\": 7, \"status\": \"PARTIAL\"}");
    JsonNode guarded = JSON.readTree("{\"run\": 7, \"status\": \"GUARDED\"}");

    assertThat(afterChoices(partial).toString()).contains("$.answer.run", "needs somebody");
    assertThat(afterChoices(guarded).toString()).contains("$.answer.run", "guard");
  }

  private Map<?, ?> afterChoices(JsonNode answer) {
    Map<?, ?> state = state("HowDidItEnd");
    while ("Choice".equals(state.get("Type"))) {
      state = state(next(state, answer));
    }
    return state;
  }

  private static String next(Map<?, ?> state, JsonNode answer) {
    for (Object choice : (List<?>) state.get("Choices")) {
      if (holds((Map<?, ?>) choice, answer)) {
        return ((Map<?, ?>) choice).get("Next").toString();
      }
    }
    return state.get("Default").toString();
  }

  private static boolean holds(Map<?, ?> choice, JsonNode answer) {
    JsonNode value = answer.path(choice.get("Variable").toString().replace("$.answer.", ""));
    return choice.containsKey("IsPresent")
        ? choice.get("IsPresent").equals(!value.isMissingNode())
        : value.asText().equals(choice.get("StringEquals"));
  }

  private Map<?, ?> state(String name) {
    return (Map<?, ?>) states.get(name);
  }

  private static byte[] written(LambdaAnswer answer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    answer.write(out);
    return out.toByteArray();
  }
}
