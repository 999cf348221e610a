package edu.cumc.aou.salesforce.internal.login;

import edu.cumc.aou.salesforce.SalesforceException;
import edu.cumc.aou.salesforce.SalesforceException.Details;
import edu.cumc.aou.salesforce.SalesforceException.Kind;
import edu.cumc.aou.salesforce.internal.repeat.CallFailure;
import edu.cumc.aou.salesforce.internal.repeat.FailureDecoder;
import edu.cumc.aou.salesforce.internal.repeat.Repeat;
import feign.Response;
import feign.codec.Decoder;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the answer to a login: XML for SOAP, otherwise JSON. */
public final class LoginDecoder implements Decoder {

  private final Decoder json;

  public LoginDecoder(Decoder json) {
    this.json = json;
  }

  @Override
  public @Nullable Object decode(Response response, Type type) throws IOException {
    if (type != SoapAnswer.class) {
      return json.decode(response, type);
    }
    Details details = new Details(response.status(), "", List.of(), null, null, false);
    return SoapAnswer.parse(FailureDecoder.bytes(response))
        .orElseThrow(
            () ->
                CallFailure.of(
                    new SalesforceException(
                        Kind.PROTOCOL,
                        FailureDecoder.text(
                            "something else than Salesforce answered the login; check salesforce.login-url and the"
                                + " proxy",
                            details),
                        details),
                    Repeat.OUTCOME_UNKNOWN));
  }
}
