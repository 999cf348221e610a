package edu.cumc.aou.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import edu.cumc.aou.salesforce.SalesforceException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each error code of Salesforce means to an update, which may be sent twice, and to a create,
 * which may not. What concerns logins is in {@link SessionTest}, what concerns jobs in the tests of
 * the package {@code bulk}.
 */
class RetryTableTest {

  /** What a client does about a code. */
  enum Act {
    /** The whole call again: it was certainly not carried out. */
    AGAIN,
    /** The update again; of the create nobody knows whether it was carried out. */
    AGAIN_UNLESS_CREATE,
    /** Nothing: the same would happen. */
    TELL
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # status | code                                          | message                         | act                 | kind
          401      | INVALID_OPERATION_WITH_EXPIRED_PASSWORD       | x                               | TELL                | AUTHENTICATION
          401      | INVALID_AUTH_HEADER                           | x                               | TELL                | AUTHENTICATION
          403      | REQUEST_LIMIT_EXCEEDED                        | TotalRequests Limit exceeded.   | TELL                | THROTTLED
          403      | REQUEST_LIMIT_EXCEEDED                        | ConcurrentRequests Limit        | AGAIN               | UNAVAILABLE
          403      | REQUEST_LIMIT_EXCEEDED                        | ConcurrentPerOrgLongTxn Limit   | AGAIN               | UNAVAILABLE
          403      | API_DISABLED_FOR_ORG                          | x                               | TELL                | CONFIGURATION
          403      | API_CURRENTLY_DISABLED                        | x                               | TELL                | CONFIGURATION
          403      | FUNCTIONALITY_NOT_ENABLED                     | x                               | TELL                | CONFIGURATION
          403      | INSUFFICIENT_ACCESS                           | x                               | TELL                | CONFIGURATION
          400      | INSUFFICIENT_ACCESS_OR_READONLY               | x                               | TELL                | REJECTED
          403      | INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY | x                               | TELL                | REJECTED
          404      | NOT_FOUND                                     | x                               | TELL                | NOT_FOUND
          404      | ENTITY_IS_DELETED                             | x                               | TELL                | NOT_FOUND
          404      | INVALID_CROSS_REFERENCE_KEY                   | x                               | TELL                | REJECTED
          300      | MULTIPLE_CHOICES                              | x                               | TELL                | REJECTED
          400      | MALFORMED_QUERY                               | x                               | TELL                | CONFIGURATION
          400      | INVALID_FIELD                                 | No such column                  | TELL                | CONFIGURATION
          400      | INVALID_FIELD                                 | Foreign key external ID: 1 not  | TELL                | REJECTED
          400      | INVALID_TYPE                                  | x                               | TELL                | CONFIGURATION
          400      | INVALID_FIELD_FOR_INSERT_UPDATE               | x                               | TELL                | CONFIGURATION
          400      | INVALID_TYPE_ON_FIELD_IN_RECORD               | x                               | TELL                | REJECTED
          400      | MALFORMED_ID                                  | x                               | TELL                | REJECTED
          400      | REQUIRED_FIELD_MISSING                        | x                               | TELL                | REJECTED
          400      | INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST       | x                               | TELL                | REJECTED
          400      | STRING_TOO_LONG                               | x                               | TELL                | REJECTED
          400      | NUMBER_OUTSIDE_VALID_RANGE                    | x                               | TELL                | REJECTED
          400      | INVALID_EMAIL_ADDRESS                         | x                               | TELL                | REJECTED
          400      | FIELD_CUSTOM_VALIDATION_EXCEPTION             | x                               | TELL                | REJECTED
          400      | FIELD_INTEGRITY_EXCEPTION                     | x                               | TELL                | REJECTED
          400      | FIELD_FILTER_VALIDATION_EXCEPTION             | x                               | TELL                | REJECTED
          400      | DUPLICATE_VALUE                               | x                               | TELL                | REJECTED
          400      | DUPLICATE_EXTERNAL_ID                         | x                               | TELL                | REJECTED
          400      | DUPLICATES_DETECTED                           | x                               | TELL                | REJECTED
          400      | UNABLE_TO_LOCK_ROW                            | x                               | AGAIN               | UNAVAILABLE
          400      | CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY          | caused by: something            | TELL                | REJECTED
          400      | CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY          | caused by: UNABLE_TO_LOCK_ROW   | AGAIN               | UNAVAILABLE
          400      | CANNOT_EXECUTE_FLOW_TRIGGER                   | the flow failed                 | TELL                | REJECTED
          400      | CANNOT_EXECUTE_FLOW_TRIGGER                   | UNABLE_TO_LOCK_ROW: unable      | AGAIN               | UNAVAILABLE
          400      | APEX_ERROR                                    | x                               | AGAIN_UNLESS_CREATE | UNAVAILABLE
          400      | UNKNOWN_EXCEPTION                             | x                               | AGAIN_UNLESS_CREATE | UNAVAILABLE
          400      | ALL_OR_NONE_OPERATION_ROLLED_BACK             | x                               | TELL                | REJECTED
          400      | PROCESSING_HALTED                             | x                               | TELL                | REJECTED
          400      | ENTITY_IS_LOCKED                              | x                               | TELL                | REJECTED
          400      | DEPENDENCY_EXISTS                             | x                               | TELL                | REJECTED
          400      | DELETE_FAILED                                 | x                               | TELL                | REJECTED
          400      | TRANSFER_REQUIRES_READ                        | x                               | TELL                | REJECTED
          400      | OP_WITH_INVALID_USER_TYPE_EXCEPTION           | x                               | TELL                | REJECTED
          400      | INACTIVE_OWNER_OR_USER                        | x                               | TELL                | REJECTED
          400      | STORAGE_LIMIT_EXCEEDED                        | x                               | TELL                | THROTTLED
          400      | LIMIT_EXCEEDED                                | x                               | TELL                | CONFIGURATION
          400      | EXCEEDED_ID_LIMIT                             | x                               | TELL                | CONFIGURATION
          400      | INVALID_QUERY_LOCATOR                         | x                               | TELL                | UNAVAILABLE
          400      | QUERY_TIMEOUT                                 | x                               | AGAIN_UNLESS_CREATE | UNAVAILABLE
          400      | QUERY_TOO_COMPLICATED                         | x                               | TELL                | CONFIGURATION
          400      | OPERATION_TOO_LARGE                           | x                               | TELL                | CONFIGURATION
          400      | EXCEEDED_MAX_SEMIJOIN_SUBSELECTS              | x                               | TELL                | CONFIGURATION
          400      | JSON_PARSER_ERROR                             | x                               | TELL                | REJECTED
          400      | INVALID_REPLICATION_DATE                      | x                               | TELL                | CONFIGURATION
          400      | INVALIDJOBSTATE                               | x                               | TELL                | REJECTED
          400      | INVALIDJOB                                    | x                               | TELL                | REJECTED
          400      | BULK_API_ERROR                                | x                               | TELL                | REJECTED
          400      | API_ERROR                                     | x                               | TELL                | CONFIGURATION
          400      | CLIENTINPUTERROR                              | x                               | TELL                | CONFIGURATION
          405      | METHOD_NOT_ALLOWED                            | x                               | TELL                | CONFIGURATION
          409      | CONFLICT                                      | x                               | TELL                | CONFIGURATION
          410      | GONE                                          | x                               | TELL                | CONFIGURATION
          410      | UNSUPPORTED_API_VERSION                       | x                               | TELL                | CONFIGURATION
          412      | PRECONDITION_FAILED                           | x                               | TELL                | PROTOCOL
          428      | PRECONDITION_REQUIRED                         | x                               | TELL                | PROTOCOL
          413      | TOO_LARGE                                     | x                               | TELL                | CONFIGURATION
          414      | URI_TOO_LONG                                  | x                               | TELL                | CONFIGURATION
          431      | HEADERS_TOO_LARGE                             | x                               | TELL                | CONFIGURATION
          415      | UNSUPPORTED_MEDIA_TYPE                        | x                               | TELL                | CONFIGURATION
          420      | NO_ROUTE                                      | x                               | AGAIN               | UNAVAILABLE
          500      | UNKNOWN_EXCEPTION                             | ErrorId: 1234-5678              | AGAIN_UNLESS_CREATE | UNAVAILABLE
          500      | APEX_ERROR                                    | x                               | AGAIN_UNLESS_CREATE | UNAVAILABLE
          502      | BAD_GATEWAY                                   | x                               | AGAIN_UNLESS_CREATE | UNAVAILABLE
          504      | GATEWAY_TIMEOUT                               | x                               | AGAIN_UNLESS_CREATE | UNAVAILABLE
          503      | SERVER_UNAVAILABLE                            | x                               | AGAIN               | UNAVAILABLE
          400      | A_CODE_OF_NEXT_YEAR                           | x                               | TELL                | REJECTED
          500      | A_CODE_OF_NEXT_YEAR                           | x                               | AGAIN_UNLESS_CREATE | UNAVAILABLE
          """)
  void everyCodeOfTheTable_isTreatedAsItSays(
      int status, String code, String message, Act act, Kind kind) throws IOException {
    RawServer.Answer error =
        RawServer.json(
            status,
            "[{\"message\":\"" + message + "\",\"errorCode\":\"" + code + "\",\"fields\":[]}]");
    try (Wired wired = new Wired()) {
      wired.server.then(error).then(204, "");

      SalesforceException update =
          catchThrowableOfType(
              SalesforceException.class,
              () ->
                  wired.salesforce.update(
                      "Contact", new RecordUpdate(Wired.CONTACT, Map.of("Title", "Dr"))));

      assertThat(update == null).as("an update got through").isEqualTo(act != Act.TELL);
      assertThat(wired.salesforce.usage().repeated()).isEqualTo(act == Act.TELL ? 0 : 1);
      if (update != null) {
        assertThat(update.kind()).isEqualTo(kind);
        assertThat(update.errorCode()).isEqualTo(code);
        assertThat(update.answerLost()).isFalse();
      }
    }
    try (Wired wired = new Wired()) {
      wired.server.then(error).then(201, "{\"id\":\"" + Wired.CONTACT + "\",\"success\":true}");

      SalesforceException create =
          catchThrowableOfType(
              SalesforceException.class,
              () -> wired.salesforce.create("Contact", Map.of("LastName", "Invented")));

      assertThat(create == null).as("a create got through").isEqualTo(act == Act.AGAIN);
      if (create != null) {
        assertThat(create.kind()).isEqualTo(kind);
        assertThat(create.answerLost()).isEqualTo(act == Act.AGAIN_UNLESS_CREATE);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNABLE_TO_LOCK_ROW                   | unable to obtain exclusive access | true
          TooManyLockFailure                   | Too many lock failure 200         | true
          CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY | caused by: UNABLE_TO_LOCK_ROW     | true
          CANNOT_EXECUTE_FLOW_TRIGGER          | UNABLE_TO_LOCK_ROW                | true
          REQUEST_RUNNING_TOO_LONG             | has been stopped                  | true
          CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY | caused by: LimitException         | false
          CANNOT_EXECUTE_FLOW_TRIGGER          | the flow failed                   | false
          DUPLICATE_VALUE                      | Duplicate external id specified   | false
          DUPLICATES_DETECTED                  | You're creating a duplicate       | false
          ALL_OR_NONE_OPERATION_ROLLED_BACK    | Record rolled back                | false
          ENTITY_IS_LOCKED                     | locked by an approval             | false
          INACTIVE_OWNER_OR_USER               | x                                 | false
          A_CODE_OF_NEXT_YEAR                  | x                                 | false
          """)
  void everyCodeOfARecord_saysWhetherItPasses(String code, String message, boolean passes)
      throws IOException {
    try (Wired wired = new Wired()) {
      wired.server.then(
          200,
          "[{\"success\":false,\"errors\":[{\"statusCode\":\""
              + code
              + "\",\"message\":\""
              + message
              + "\",\"fields\":[]}]}]");

      List<SaveResult> results =
          wired.salesforce.updateAll(
              "Contact", List.of(new RecordUpdate(Wired.CONTACT, Map.of("Title", "Dr"))));

      assertThat(((SaveResult.Refused) results.get(0)).errors())
          .containsExactly(new RecordError(code, List.of(), passes));
    }
  }
}
