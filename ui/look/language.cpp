// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/language.h"

#include "core/base/filewriter.h"

#include <QCoreApplication>
#include <QFile>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>

// In a static library the linker drops a resource that nobody names; the macro must stand outside of
// namespaces.
static void initTranslations()
{
    Q_INIT_RESOURCE(translations);
}

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{

/// Where the catalogue keeps the texts of functions that belong to no class.
constexpr const char *namespaces[] = {"cycast",
                                      "cycast::bans",
                                      "cycast::humanize",
                                      "cycast::settingtexts",
                                      "cycast::settingeditors::NumberEditor",
                                      "cycast::settingeditors::SwitchEditor",
                                      "cycast::settingeditors::TextEditor"};

Catalogue *&ours()
{
    static Catalogue *catalogue = nullptr;
    return catalogue;
}

QTranslator *&qts()
{
    static QTranslator *translator = nullptr;
    return translator;
}

QString &currentCode()
{
    static QString code = u"en"_s;
    return code;
}

} // namespace

QString Catalogue::translate(const char *context, const char *sourceText, const char *disambiguation,
                             int n) const
{
    const auto look = [&](const char *where) {
        return QTranslator::translate(where, sourceText, disambiguation, n);
    };
    QString text = look(context);
    if (!text.isNull())
        return text;
    // Classes are known by their bare name and with their namespace.
    const QByteArray bare = QByteArray(context).split(':').last();
    // Qt's own buttons, where the system brings no words for them.
    text = look(bare == "QPlatformTheme" || bare == "QDialogButtonBox" ? "PresetPreview" : bare.constData());
    if (text.isNull())
        text = look(("cycast::" + bare).constData());
    for (const char *where : namespaces) {
        if (!text.isNull())
            break;
        text = look(where);
    }
    return text;
}

namespace language
{

QStringList codes()
{
    return {QString(), u"en"_s, u"de"_s, u"es"_s, u"fr"_s};
}

QString name(const QString &code)
{
    if (code.isEmpty())
        return QCoreApplication::translate("Language", "As the &system");
    if (code == "de"_L1)
        return u"&Deutsch"_s;
    if (code == "es"_L1)
        return u"E&spa\u00f1ol"_s;
    if (code == "fr"_L1)
        return u"&Fran\u00e7ais"_s;
    return u"&English"_s;
}

QString resolved(const QString &code, const QStringList &systemLanguages)
{
    const auto known = [](const QString &each) { return !each.isEmpty() && codes().contains(each); };
    if (known(code))
        return code;
    for (const QString &system : systemLanguages) {
        QString bare = system.section(u'-', 0, 0).section(u'_', 0, 0).toLower();
        if (known(bare))
            return bare;
    }
    return u"en"_s;
}

QString load(const QString &file)
{
    if (file.isEmpty())
        return {};
    FileWriter::shared().finish();
    QFile in(file);
    const QString code =
        in.open(QIODevice::ReadOnly) ? QString::fromLatin1(in.read(16)).trimmed() : QString();
    return codes().contains(code) ? code : QString();
}

void save(const QString &file, const QString &code)
{
    if (!file.isEmpty())
        FileWriter::shared().write(file, [code] { return code.toLatin1() + '\n'; });
}

void install(const QString &code)
{
    initTranslations();
    const QStringList system = QLocale::system().uiLanguages();
    const QString wanted = resolved(code, system);
    for (QTranslator *old : {static_cast<QTranslator *>(ours()), qts()}) {
        if (old != nullptr) {
            QCoreApplication::removeTranslator(old);
            delete old;
        }
    }
    ours() = nullptr;
    qts() = nullptr;
    currentCode() = wanted;
    // Numbers and dates in the same language; the system's own country where it is one of it.
    const QLocale home = QLocale::system();
    QLocale::setDefault(home.name().startsWith(wanted) ? home : QLocale(wanted));
    QGuiApplication::setLayoutDirection(QLocale(wanted).textDirection());
    if (wanted == "en"_L1)
        return;
    qts() = new QTranslator(QCoreApplication::instance());
    if (qts()->load(u"qtbase_"_s + wanted, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qts());
    ours() = new Catalogue(QCoreApplication::instance());
    if (ours()->load(u":/i18n/cycast_"_s + wanted + u".qm"_s))
        QCoreApplication::installTranslator(ours());
}

QString current()
{
    return currentCode();
}

} // namespace language

} // namespace cycast
