package org.mckms.platform.hsm;

import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginException;

/**
 * Opens tokens by the JDK's PKCS#11 provider, which is configured but never registered with the JVM: nobody else finds
 * it. Thread safe.
 */
public final class Pkcs11TokenOpener implements TokenOpener {

    private final HsmSettings settings;
    private final String identityKey;
    private final LibraryCopies copies;

    /** One login or logout at a time; not waited for long, because a library that hangs would collect threads. */
    private final ReentrantLock door = new ReentrantLock();

    /** @param identityKey label of the signing key whose certificate says which token it was made for */
    public Pkcs11TokenOpener(HsmSettings settings, String identityKey) {
        this.settings = settings;
        this.identityKey = identityKey;
        this.copies = new LibraryCopies(settings.library());
    }

    @Override
    public Token open(RecoveryStep step, char[] pin) {
        enter();
        try {
            return switch (step) {
                case PROVIDER -> openOn(settings.library(), configure(settings.library()), pin);
                case COPY -> openCopy(pin);
                case RELOAD -> throw new IllegalArgumentException("a token that is open is reloaded, not opened");
            };
        } catch (LoginException | ProviderException | IllegalArgumentException | TokenException e) {
            throw TokenFaults.whileOpening(e, settings);
        } finally {
            door.unlock();
        }
    }

    /** Waits for a logout under way, but less long than the caller waits for this call. */
    private void enter() {
        boolean entered = false;
        try {
            entered = door.tryLock(settings.timeout().dividedBy(2).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!entered) {
            throw new TokenException(TokenFault.BUSY, "An earlier login or logout has not come back yet.");
        }
    }

    private Token openCopy(char[] pin) throws LoginException {
        Path copy = copies.next();
        AuthProvider provider = configure(copy);
        copies.used();
        return openOn(copy, provider, pin);
    }

    private AuthProvider configure(Path library) {
        return configured(new Pkcs11Configuration(library, settings.slotListIndex()).forUse());
    }

    /** Login belongs to the process: whoever is logged in already would be let in with any PIN. */
    private Token openOn(Path library, AuthProvider provider, char[] pin) throws LoginException {
        LibraryLogin login = LibraryLogin.begun(library);
        provider.logout();
        login(provider, pin);
        try {
            Pkcs11Configuration configuration = new Pkcs11Configuration(library, settings.slotListIndex());
            return Pkcs11Token.opened(
                    provider, configuration, settings.tokenLabel(), identityKey, () -> logout(provider, login));
        } catch (TokenException e) {
            provider.logout();
            throw e;
        }
    }

    private void login(AuthProvider provider, char[] pin) {
        try {
            provider.login(null, new OnePin(pin));
        } catch (LoginException | ProviderException e) {
            throw TokenFaults.atLogin(e, settings);
        }
    }

    /** A newer login began with a logout of its own, and one more would end it. */
    private void logout(AuthProvider provider, LibraryLogin login) throws LoginException {
        enter();
        try {
            if (login.isLatest()) {
                provider.logout();
            }
        } finally {
            door.unlock();
        }
    }

    /** A provider of its own for this configuration. */
    static AuthProvider configured(String configuration) {
        Provider template = Security.getProvider("SunPKCS11");
        if (template == null) {
            throw new TokenException(TokenFault.LIBRARY, "This Java platform has no PKCS#11 provider (SunPKCS11).");
        }
        return (AuthProvider) template.configure(configuration);
    }

    private record OnePin(char[] pin) implements CallbackHandler {
        @Override
        public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
            for (Callback callback : callbacks) {
                if (!(callback instanceof PasswordCallback asked)) {
                    throw new UnsupportedCallbackException(callback);
                }
                asked.setPassword(pin); // copies; the provider wipes its copy after the attempt
            }
        }

        @Override
        public String toString() {
            return "OnePin[hidden]";
        }
    }
}
