// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include "core/config/settingsfile.h"
#include "core/config/settingsjson.h"

#include <QCommandLineParser>
#include <QJsonDocument>
#include <QTextStream>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

QString programName(Program program)
{
    return program == Program::Desktop ? u"cycast"_s : u"cycastd"_s;
}

QString helpText(Program program)
{
    const bool isDesktop = program == Program::Desktop;
    return u"Usage: %1 [options]%2\n"
           u"%3\n\n"
           u"  -c, --config FILE  the settings file; otherwise\n"
           u"                     %4\n"
           u"  --print-config     print the settings in force as JSON, and end\n"
           u"%5"
           u"  --any-port         take port 0 in the settings as \"any free port\"\n"
           u"  -h, --help         print this, and end\n"
           u"  -v, --version      print the version, and end\n"_s.arg(
               programName(program), isDesktop ? u" [music or playlist ...]"_s : QString(),
               isDesktop
                   ? u"Runs your own internet radio station."_s
                   : u"Runs your own internet radio station without a window. SIGHUP takes over a changed\n"
                     u"settings file, SIGTERM ends."_s,
               SettingsFile::defaultPath(),
               isDesktop ? QString()
                         : u"  --check-reach      say whether people outside can listen, and what to do, and "
                           u"end: 0\n"
                           u"                     everybody, 3 those with IPv6, 4 nobody outside\n"_s);
}

/// Qt reads these from the command line itself, each with a value behind it.
QStringList withoutQtOptions(const QStringList &arguments)
{
    static const QStringList withValue = {u"-platform"_s,     u"-platformpluginpath"_s, u"-platformtheme"_s,
                                          u"-style"_s,        u"-stylesheet"_s,         u"-plugin"_s,
                                          u"-qwindowtitle"_s, u"-qwindowicon"_s,        u"-qwindowgeometry"_s,
                                          u"-display"_s,      u"-geometry"_s,           u"-session"_s};
    QStringList rest;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--"_L1)
            return rest + arguments.sliced(i);
        QString name = arguments[i];
        if (name.startsWith("--"_L1))
            name.remove(0, 1);
        if (i > 0 && withValue.contains(name))
            ++i;
        else if (i == 0 || !withValue.contains(name.section('='_L1, 0, 0)))
            rest += arguments[i];
    }
    return rest;
}

CommandLine misuse(Program program, const QString &sentence)
{
    CommandLine command;
    command.action = CommandLine::Action::Misuse;
    command.text = u"%1: %2 \"%1 --help\" lists what is possible.\n"_s.arg(programName(program), sentence);
    return command;
}

int printConfig(const CommandLine &command, QTextStream &out, QTextStream &err)
{
    SettingsFile file(command.configPath, command.anyPort ? PortRule::AnyAllowed : PortRule::Fixed);
    if (!file.exists() && !command.configGiven) {
        err << u"There is no settings file %1 yet; the first start makes it.\n"_s.arg(command.configPath);
        return kExitMisuse;
    }
    const auto loaded = file.load();
    if (!loaded) {
        err << loaded.error() << '\n';
        return kExitMisuse;
    }
    for (const SettingsProblem &warning : loaded->warnings)
        err << warning.sentence << '\n';
    out << QString::fromUtf8(QJsonDocument(settingsToJson(loaded->settings)).toJson());
    return 0;
}

} // namespace

CommandLine parseCommandLine(const QStringList &arguments, Program program)
{
    const QCommandLineOption config(QStringList{u"c"_s, u"config"_s}, {}, u"FILE"_s);
    const QCommandLineOption print(u"print-config"_s);
    const QCommandLineOption checkReach(u"check-reach"_s);
    const QCommandLineOption anyPort(u"any-port"_s);
    const QCommandLineOption help(QStringList{u"h"_s, u"help"_s});
    const QCommandLineOption version(QStringList{u"v"_s, u"version"_s});
    QCommandLineParser parser;
    for (const QCommandLineOption &option : {config, print, anyPort, help, version})
        parser.addOption(option);

    const bool isDesktop = program == Program::Desktop;
    if (!isDesktop) // the window has Share for it
        parser.addOption(checkReach);
    if (!parser.parse(isDesktop ? withoutQtOptions(arguments) : arguments)) {
        const QString reason = parser.errorText();
        return misuse(program, reason.endsWith('.'_L1) ? reason : reason + '.'_L1);
    }
    CommandLine command;
    if (parser.isSet(help) || parser.isSet(version)) {
        command.action = CommandLine::Action::PrintText;
        command.text = parser.isSet(help)
                           ? helpText(program)
                           : programName(program) + ' '_L1 + QLatin1StringView(CYCAST_VERSION) + '\n'_L1;
        return command;
    }
    if (parser.values(config).size() > 1)
        return misuse(program, u"--config was given more than once; one station has one settings file."_s);
    command.configGiven = parser.isSet(config);
    command.configPath = command.configGiven ? parser.value(config) : SettingsFile::defaultPath();
    if (command.configPath.isEmpty())
        return misuse(program, u"--config needs the name of a settings file."_s);
    command.anyPort = parser.isSet(anyPort);
    command.files = parser.positionalArguments();
    if (!isDesktop && !command.files.isEmpty()) {
        return misuse(program, u"\"%1\" was not expected; a settings file is given with -c %1."_s.arg(
                                   command.files.first()));
    }
    if (parser.isSet(print))
        command.action = CommandLine::Action::PrintConfig;
    else if (!isDesktop && parser.isSet(checkReach))
        command.action = CommandLine::Action::CheckReach;
    return command;
}

int answerCommandLine(const CommandLine &command, QTextStream &out, QTextStream &err)
{
    switch (command.action) {
    case CommandLine::Action::Run:
    case CommandLine::Action::CheckReach:
        break;
    case CommandLine::Action::PrintText:
        out << command.text;
        break;
    case CommandLine::Action::PrintConfig:
        return printConfig(command, out, err);
    case CommandLine::Action::Misuse:
        err << command.text;
        return kExitMisuse;
    }
    return 0;
}

} // namespace cycast
