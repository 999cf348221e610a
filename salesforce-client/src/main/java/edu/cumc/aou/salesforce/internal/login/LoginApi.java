package edu.cumc.aou.salesforce.internal.login;

import edu.cumc.aou.salesforce.internal.wire.Wire;
import feign.Headers;
import feign.Param;
import feign.RequestLine;

/** The two endpoints that open sessions. Both bodies hold secrets. */
public interface LoginApi {

  /**
   * Asks for an access token.
   *
   * @param form {@code application/x-www-form-urlencoded}
   */
  @RequestLine("POST /services/oauth2/token")
  @Headers({
    "Accept: application/json",
    "Content-Type: application/x-www-form-urlencoded; charset=UTF-8"
  })
  Wire.Token token(String form);

  @RequestLine("POST /services/Soap/u/{version}")
  @Headers({"Accept: text/xml", "Content-Type: text/xml; charset=UTF-8", "SOAPAction: login"})
  SoapAnswer soapLogin(@Param("version") String version, String envelope);
}
