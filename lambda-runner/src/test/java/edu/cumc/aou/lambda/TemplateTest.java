package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.cumc.aou.runtime.Outside;
import edu.cumc.aou.sync.config.EnvironmentVariables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The deployment template and the code say the same, and the template gives no more than it must.
 */
class TemplateTest {

  private static final String[] VARIABLES = {
    "Resources", "SyncFunction", "Properties", "Environment", "Variables"
  };
  private static final String[] STATES = {
    "Resources", "SyncMachine", "Properties", "Definition", "States"
  };

  /** Step Functions asks for these without a resource. */
  private static final Pattern LOG_DELIVERY =
      Pattern.compile("logs:\\w*(LogDelivery|LogDeliveries|ResourcePolic|LogGroups)\\w*");

  private final Template template;

  TemplateTest() throws IOException {
    template = Template.read(Path.of("template.yaml"));
  }

  @Test
  void handler_isTheClassThatLambdaCanMake() throws ReflectiveOperationException {
    String[] handler =
        template.at("Resources", "SyncFunction", "Properties", "Handler").toString().split("::", 2);

    Class<?> type = Class.forName(handler[0]);
    assertThat(RequestStreamHandler.class).isAssignableFrom(type);
    assertThat(type.getConstructor().newInstance()).isInstanceOf(SyncHandler.class);
    assertThat(RequestStreamHandler.class.getMethods())
        .anyMatch(m -> m.getName().equals(handler[1]));
  }

  @Test
  void variables_areThoseThatAreRead() {
    assertThat(template.map(VARIABLES).keySet())
        .filteredOn(n -> n.startsWith("AOU_") && !n.equals(EnvironmentVariables.CONFIG_FILE))
        .hasSizeGreaterThan(4)
        .allMatch(
            name ->
                EnvironmentVariables.all().containsKey(name)
                    || name.equals(FunctionSurroundings.ROLE));
  }

  @Test
  void flagsOfJava_areThoseThatTheStartIsMeasuredWith() {
    assertThat(String.valueOf(template.map(VARIABLES).get("JAVA_TOOL_OPTIONS")).split(" "))
        .containsAll(RunningFunction.FLAGS);
  }

  @ParameterizedTest
  @CsvSource({
    "jwt, LoginByJwt",
    "client-credentials, LoginByClientCredentials",
    "soap-password, LoginBySoapPassword"
  })
  void everyLogin_findsItsSecretsByReference(
      String login, String condition, @TempDir Path directory) throws IOException {
    Map<String, String> environment = environment(login, condition);
    Path configuration = directory.resolve("aou-sync.conf");
    Files.writeString(
        configuration,
        """
        salesforce {
          login-url = "https://login.salesforce.com"
          auth { username = "sync@example.org", client-id = "anything" }
        }
        contact.account-id = "001000000000001AAA"
        source { jdbc-url = "jdbc:sqlserver://db;databaseName=dm_aou", user = reader }
        store { jdbc-url = "jdbc:sqlserver://db;databaseName=aou_sync", user = sync }
        """);
    if (!login.equals("jwt")) {
      String text = Files.readString(configuration);
      Files.writeString(
          configuration,
          login.equals("soap-password")
              ? text.replace(", client-id = \"anything\"", "")
              : text.replace("username = \"sync@example.org\", ", "")
                  + "salesforce.login-url = \"https://site.my.salesforce.com\"\n");
    }
    environment.put("AOU_CONFIG", configuration.toString());
    assertThat(FunctionSurroundings.who(environment)).endsWith(" as ${SyncFunctionRole.Arn}");

    // reads no secret, and refuses what is not a setting of this login
    assertThat(
            FunctionSettings.load(
                new FunctionSurroundings(
                    environment, directory, new Outside(Clock.systemUTC(), d -> {}), line -> {})))
        .isNotNull();
    String keys = template.at("Parameters", "SecretArn", "Description").toString();
    assertThat(environment.values())
        .filteredOn(v -> v.startsWith("secret:"))
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(v -> keys.contains(v.substring(v.indexOf('#') + 1)));
    environment.forEach(
        (name, value) -> {
          if (name.matches("AOU_.*(PASSWORD|TOKEN|SECRET|PRIVATE_KEY)")) {
            assertThat(value).as(name).startsWith("secret:arn:aws:secretsmanager:");
          }
        });
  }

  private Map<String, String> environment(String login, String condition) {
    Map<String, String> environment = new HashMap<>();
    template
        .map(VARIABLES)
        .forEach(
            (name, value) -> {
              Object chosen = value;
              if (value instanceof Map<?, ?> map && map.get("!If") instanceof List<?> choice) {
                chosen = choice.get(choice.get(0).equals(condition) ? 1 : 2);
              }
              String text = text(chosen, login);
              if (!text.equals("AWS::NoValue")) {
                environment.put(name, text);
              }
            });
    return environment;
  }

  private static String text(Object value, String login) {
    if (!(value instanceof Map<?, ?> function)) {
      return value.toString();
    }
    Object name = function.get("!Ref");
    if (name != null) {
      return name.equals("SalesforceLogin")
          ? login
          : name.equals("EnvironmentName") ? "production" : name.toString();
    }
    return function
        .get("!Sub")
        .toString()
        .replace("${SecretArn}", "arn:aws:secretsmanager:us-east-1:123456789012:secret:aou-AbCdEf");
  }

  @Test
  void nobody_isAllowedMoreThanItsOwn() {
    List<Map<?, ?>> statements = template.mapsWith("Effect");
    assertThat(statements).hasSizeGreaterThan(4);
    for (Map<?, ?> statement : statements) {
      List<String> actions = new ArrayList<>();
      if (statement.get("Action") instanceof List<?> list) {
        list.forEach(a -> actions.add(a.toString()));
      } else {
        actions.add(statement.get("Action").toString());
      }
      assertThat(actions).noneMatch(a -> a.contains("*"));
      if ("*".equals(statement.get("Resource"))) {
        assertThat(actions).allMatch(LOG_DELIVERY.asMatchPredicate());
      }
    }
  }

  @Test
  void secretsAndLogs_haveTheirKey_andLogsStayAYear() throws IOException {
    assertThat(Files.readString(Path.of("template.yaml"))).doesNotContain("{{resolve:");
    assertThat(template.at("Resources", "SyncFunction", "Properties", "KmsKeyArn"))
        .isEqualTo(Map.of("!Ref", "KmsKeyArn"));
    assertThat(template.ofType("AWS::Logs::LogGroup")).hasSize(2);
    for (String log : template.ofType("AWS::Logs::LogGroup")) {
      assertThat(template.at("Resources", log, "Properties", "KmsKeyId"))
          .isEqualTo(Map.of("!Ref", "KmsKeyArn"));
      assertThat(template.at("Resources", log, "Properties", "RetentionInDays")).isEqualTo(365);
      assertThat(template.at("Resources", log, "DeletionPolicy")).isEqualTo("Retain");
    }
    assertThat(
            template.at(
                "Resources", "SyncMachine", "Properties", "Logging", "IncludeExecutionData"))
        .isEqualTo(false);
  }

  @Test
  void endpoints_canBeMadeForWhatTheFunctionAsks() {
    assertThat(template.ofType("AWS::EC2::VPCEndpoint"))
        .extracting(
            e -> template.at("Resources", e, "Properties", "ServiceName").toString(),
            e -> template.at("Resources", e, "Condition"))
        .containsExactlyInAnyOrder(
            tuple(service("secretsmanager"), "MakeEndpoints"),
            tuple(service("logs"), "MakeEndpoints"),
            tuple(service("states"), "MakeEndpoints"));
  }

  private static String service(String name) {
    return "{!Sub=com.amazonaws.${AWS::Region}." + name + "}";
  }

  @Test
  void runs_areNotRepeatedBehindEverybodysBack() {
    assertThat(template.at("Resources", "SyncFunction", "Properties", "Timeout")).isEqualTo(900);
    assertThat(
            template.at("Resources", "SyncFunction", "Properties", "ReservedConcurrentExecutions"))
        .isEqualTo(1);
    assertThat(template.mapsWith("MaximumRetryAttempts"))
        .hasSize(2)
        .allMatch(m -> m.get("MaximumRetryAttempts").equals(0));
    List<?> repeated =
        (List<?>)
            ((Map<?, ?>) ((List<?>) template.map(path("Sync")).get("Retry")).get(0))
                .get("ErrorEquals");
    assertThat(repeated.toString())
        .isEqualTo("[Lambda.ServiceException, Lambda.TooManyRequestsException]");
  }

  @Test
  void stateMachine_endsInTimeAndInAKnownState() {
    Map<String, Object> states = template.map(STATES);
    Set<String> reached = new HashSet<>();
    reached.add(
        template.at("Resources", "SyncMachine", "Properties", "Definition", "StartAt").toString());
    template.mapsWith("Next").forEach(m -> reached.add(m.get("Next").toString()));
    for (String choice : List.of("HowDidItEnd", "WhatNeedsSomebody")) {
      reached.add(template.at(path(choice, "Default")).toString());
    }

    assertThat(reached).containsExactlyInAnyOrderElementsOf(states.keySet());
    assertThat(
            template.at("Resources", "SyncMachine", "Properties", "Definition", "TimeoutSeconds"))
        .isEqualTo(21600);
    assertThat(template.at(path("Sync", "Catch", "0", "ErrorEquals")).toString())
        .isEqualTo("[States.ALL]");
    assertThat(template.at(path("Sync", "Catch", "0", "Next"))).isEqualTo("TellFailure");
    for (String tell : List.of("TellFailure", "TellGuarded", "TellPartial", "TellTrial")) {
      assertThat(template.at(path(tell, "Resource"))).isEqualTo("arn:aws:states:::sns:publish");
    }
  }

  @Test
  void statuses_areThoseThatAreAnswered() {
    List<?> choices = (List<?>) template.at(path("HowDidItEnd", "Choices"));
    assertThat(choices)
        .extracting(c -> ((Map<?, ?>) c).get("StringEquals").toString())
        .containsExactlyInAnyOrder(
            LambdaAnswer.Status.CONTINUE.name(),
            LambdaAnswer.Status.GUARDED.name(),
            LambdaAnswer.Status.PARTIAL.name());
    assertThat(template.at(path("Wait", "SecondsPath"))).isEqualTo("$.answer.waitSeconds");
  }

  @Test
  void schedule_asksForADailySync() throws IOException {
    String event =
        template
            .at(
                "Resources",
                "SyncMachine",
                "Properties",
                "Events",
                "EveryMorning",
                "Properties",
                "Input")
            .toString();

    assertThat(Order.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(new Order(Task.SYNC, false, false, false));
  }

  @Test
  void alarmsAndDashboard_lookAtMetricsThatAreSent() throws IOException {
    String source = Files.readString(Path.of("src/main/java/edu/cumc/aou/lambda/Metrics.java"));
    Set<String> looked = new HashSet<>();
    template.mapsWith("MetricName").stream()
        .filter(m -> m.get("Namespace").equals("aou-sync"))
        .forEach(m -> looked.add(m.get("MetricName").toString()));
    String dashboard =
        ((Map<?, ?>) template.at("Resources", "Dashboard", "Properties", "DashboardBody"))
            .get("!Sub")
            .toString();
    new ObjectMapper()
        .readTree(dashboard)
        .findValues("metrics")
        .forEach(lines -> lines.forEach(line -> looked.add(line.get(1).asText())));

    assertThat(looked).hasSizeGreaterThan(8).allMatch(m -> source.contains('"' + m + '"'));
    assertThat(template.ofType("AWS::CloudWatch::Alarm"))
        .contains(
            "RunFailed", "RunGuarded", "RunPartial", "NoGoodRun", "NearTheLimit", "FewCallsLeft");
  }

  private static String[] path(String... below) {
    List<String> path = new ArrayList<>(List.of(STATES));
    path.addAll(List.of(below));
    return path.toArray(String[]::new);
  }
}
