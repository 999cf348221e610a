package edu.cumc.aou.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionSurroundingsTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/aou-sync-SyncFunctionRole-A1";

  @Test
  void who_isTheFunctionWithItsRole() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "AWS_LAMBDA_FUNCTION_NAME",
                "aou-sync",
                "AWS_LAMBDA_FUNCTION_VERSION",
                "7",
                "AWS_REGION",
                "us-east-1"));
    assertThat(FunctionSurroundings.who(environment))
        .isEqualTo("Lambda aou-sync version 7 in us-east-1");

    environment.put("AOU_ROLE_ARN", ROLE);
    assertThat(FunctionSurroundings.who(environment))
        .isEqualTo("Lambda aou-sync version 7 in us-east-1 as " + ROLE);
  }
}
