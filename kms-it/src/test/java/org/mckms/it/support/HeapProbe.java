package org.mckms.it.support;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Inside the server under test: keeps keys that a search of the heap must find, and writes the heap into a file, live objects
 * only, after a forced collection.
 */
@WebServlet("/heap")
public class HeapProbe extends HttpServlet {
    /** A key comes with every octet changed by this, so that it is in memory nowhere but where it is planted. */
    static final byte MASK = 0x5A;

    private static final long serialVersionUID = 1L;
    private static final List<Object> PLANTED = new CopyOnWriteArrayList<>();

    /** Plants the key of the body in one of the forms of {@link HeapSearch}. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] key = request.getInputStream().readAllBytes();
        for (int i = 0; i < key.length; i++) {
            key[i] ^= MASK;
        }
        HeapSearch.Form form = HeapSearch.Form.valueOf(request.getParameter("form"));
        PLANTED.add(
                switch (form) {
                    case OCTETS -> key.clone();
                    case HEX_LOWER_CASE -> HexFormat.of().formatHex(key);
                    case HEX_UPPER_CASE -> HexFormat.of().withUpperCase().formatHex(key);
                    case BASE64 -> Base64.getEncoder().encodeToString(key);
                });
        Arrays.fill(key, (byte) 0);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** Writes the heap into the file of the parameter. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "dumpHeap",
                            new Object[] {request.getParameter("file"), true},
                            new String[] {"java.lang.String", "boolean"});
        } catch (JMException e) {
            throw new IllegalStateException("no dump of the heap", e);
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
