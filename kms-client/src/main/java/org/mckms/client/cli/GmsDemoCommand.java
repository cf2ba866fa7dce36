package org.mckms.client.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kmsctl gms demo}. */
@Command(
        name = "demo",
        description = "Make a group, give its members keys, remove one; with a second system, regroup with it.",
        footer = {
            "",
            "Uses the development IdM and the certificates of the home, where the key stores of all users stay.",
            "Ends with 0 only if every step was right, the refusal that must happen included.",
            "Example: kmsctl gms demo --home .kms --partner-home .kms/partner"
        })
final class GmsDemoCommand extends KmsctlCommand {
    private static final List<String> OWN_USERS = List.of("alice", "bob", "carol");
    private static final List<String> PARTNER_USERS = List.of("dora", "erik");
    private static final int NAME_OCTETS = 3;

    @Option(
            names = "--partner-home",
            paramLabel = "DIR",
            description = "home of a second system, which runs and is paired with this one")
    private Path partnerHome;

    @Mixin
    private ServerOptions serverOptions;

    @Override
    public Integer call() {
        DemoSteps steps = new DemoSteps(context(), json());
        List<GroupDevice> opened = new ArrayList<>();
        boolean right = false;
        try {
            run(steps, opened);
            right = true;
        } finally {
            opened.forEach(GroupDevice::close);
            if (json()) {
                JsonText.print(console(), steps.result(right));
            }
        }
        if (!json()) {
            console().print("all " + steps.count() + " steps were right");
        }
        return ExitCode.DONE;
    }

    private void run(DemoSteps steps, List<GroupDevice> opened) {
        String suffix = suffix();
        GmsDemo demo = new GmsDemo(steps, context().clock());
        GmsDemoSystem own = new GmsDemoSystem(new DemoHome(context(), home(), serverOptions));
        GmsDemo.Team team = new GmsDemo.Team(own, own.uri("fire-" + suffix), enrolled(steps, own, OWN_USERS, opened));
        GmsDemo.Team staying = demo.run(team);
        if (partnerHome != null) {
            GmsDemoSystem partner = new GmsDemoSystem(new DemoHome(context(), new Home(partnerHome), serverOptions));
            GmsDemo.Team theirs = new GmsDemo.Team(
                    partner, partner.uri("police-" + suffix), enrolled(steps, partner, PARTNER_USERS, opened));
            new GmsRegroupDemo(steps, demo).run(staying, theirs, own.uri("tmp-" + suffix));
        }
    }

    private static List<GroupDevice> enrolled(
            DemoSteps steps, GmsDemoSystem system, List<String> names, List<GroupDevice> opened) {
        List<GroupDevice> devices = new ArrayList<>();
        for (String name : names) {
            GroupDevice device = system.enrol(steps, name);
            opened.add(device);
            devices.add(device);
        }
        return devices;
    }

    /** Tells the groups of one run from those of another. */
    private String suffix() {
        byte[] random = new byte[NAME_OCTETS];
        context().random().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
