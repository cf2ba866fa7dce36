package org.mckms.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;
import org.mckms.kms.application.VaultActivation;
import org.mckms.protocol.json.JsonBody;

/** Opens and closes the vault. */
@Path("vault")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class VaultResource {

    /** Longest PIN, in UTF-16 units; PKCS#11 tokens take at most 255 octets. */
    private static final int MAX_PIN = 255;

    @Inject
    VaultActivation vault;

    /** One attempt with the PIN. */
    @POST
    @Path("activate")
    public JsonObject activate(@Context HttpServletRequest request, InputStream in) {
        try (JsonBody body = JsonBody.read(in, Set.of("pin"))) {
            char[] pin = body.secret("pin", MAX_PIN);
            try {
                return Views.of(vault.activate(OperatorFilter.operatorOf(request), pin));
            } finally {
                Arrays.fill(pin, '\0');
            }
        }
    }

    /** Wipes what the vault holds in memory and logs out. */
    @POST
    @Path("deactivate")
    public JsonObject deactivate(@Context HttpServletRequest request, InputStream in) {
        try (JsonBody body = JsonBody.read(in, Set.of("reason"))) {
            String reason = body.text("reason", Parameters.MAX_REASON);
            return Views.of(vault.deactivate(OperatorFilter.operatorOf(request), reason));
        }
    }
}
