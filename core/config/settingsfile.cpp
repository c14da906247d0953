// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settingsfile.h"

#include "core/base/places.h"
#include "core/base/replacefile.h"
#include "core/config/settingswriter.h"

#include <QDir>
#include <QFileInfo>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr qint64 kMostBytes = 4 * 1024 * 1024;
constexpr QFileDevice::Permissions kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr QFileDevice::Permissions kModeBits =
    QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner | QFileDevice::ReadGroup |
    QFileDevice::WriteGroup | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::WriteOther |
    QFileDevice::ExeOther;

Result<QByteArray> readAll(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return failure(Core::tr("There is no settings file %1.").arg(path));
    if (!info.isFile())
        return failure(Core::tr("%1 is no file: expected a settings file such as config.hcl.").arg(path));
    if (info.size() > kMostBytes)
        return failure(Core::tr("%1 is larger than 4 MB: that is no settings file.").arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Core::tr("The settings file %1 cannot be read: %2.").arg(path, file.errorString()));
    QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return failure(Core::tr("The settings file %1 cannot be read: %2.").arg(path, file.errorString()));
    return bytes.isNull() ? QByteArray("") : bytes;
}

/// The folder and its parents; the folder itself, if it is new, for its owner only.
Result<void> makeFolder(const QString &folder)
{
    const QFileInfo info(folder);
    if (info.isDir())
        return {};
    const bool parentThere = QDir().mkpath(info.absolutePath());
    if (!parentThere || !QDir().mkdir(folder, kOwnerOnly | QFileDevice::ExeOwner))
        return failure(
            Core::tr("The folder %1 for the settings cannot be made. Check its place and your rights there.")
                .arg(folder));
    return {};
}

} // namespace

SettingsFile::SettingsFile(QString path, PortRule rule, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_rule(rule)
{
    constexpr int settleMs = 120;
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleMs);
    connect(&m_settle, &QTimer::timeout, this, &SettingsFile::lookAgain);
}

QString SettingsFile::defaultPath()
{
#if defined(Q_OS_WIN)
    const QString place = QDir::fromNativeSeparators(qEnvironmentVariable("APPDATA"));
#elif defined(Q_OS_MACOS)
    const QString place = userPlace(QStandardPaths::GenericDataLocation);
#else
    const QString place = userPlace(QStandardPaths::GenericConfigLocation);
#endif
    return place + "/cycast-desktop/config.hcl"_L1;
}

QString SettingsFile::folder() const
{
    return QFileInfo(m_path).absolutePath();
}

bool SettingsFile::exists() const
{
    const QFileInfo info(m_path);
    return info.exists() || info.isSymLink();
}

Result<void> SettingsFile::create(const QString &musicFolder)
{
    if (exists())
        return failure(Core::tr("The settings file %1 is there already; it was left as it is.").arg(m_path));
    if (auto made = makeFolder(folder()); !made)
        return made;

    Settings settings;
    settings.playlist.directory = musicFolder.isEmpty() ? settings.playlist.directory : musicFolder;
    settings.server.sourcePassword = generatePassphrase();
    settings.encoder.loudness = true; // a station of its own; those from Cycast stay as loud as they were
    const QByteArray text = firstSettingsText(settings);

    if (const auto written = replaceFile(m_path, text, kOwnerOnly); !written)
        return failure(Core::tr("The settings file %1 cannot be made: %2.").arg(m_path, written.error()));
    m_lastKnown = text;
    m_base = settings;
    if (m_watcher)
        watchPlaces();
    return {};
}

Result<LoadedSettings> SettingsFile::load()
{
    const auto text = readAll(m_path);
    if (!text)
        return failure(text.error());
    // Emptied by an editor that was interrupted, or by a full disk: nobody means the default settings by it.
    if (m_base && text->trimmed().isEmpty())
        return failure(Core::tr("The settings file %1 is empty.").arg(m_path));
    m_lastKnown = *text;
    auto loaded = parseSettings(*text, m_path, m_rule);
    if (loaded) {
        m_base = loaded->settings;
        if (const auto warning = openDoor(loaded->settings))
            loaded->warnings += *warning;
    }
    return loaded;
}

std::optional<SettingsProblem> SettingsFile::openDoor(const Settings &settings) const
{
#ifdef Q_OS_UNIX
    if (!secretTexts(settings).isEmpty() && QFileInfo(target()).permission(QFileDevice::ReadOther)) {
        return SettingsProblem{
            {},
            Core::tr("Everybody on this computer can read the pass phrases in %1: chmod 600 it, or "
                     "let its group alone read it.")
                .arg(target()),
            true};
    }
#else
    Q_UNUSED(settings)
#endif
    return std::nullopt;
}

Result<void> SettingsFile::save(const Settings &settings)
{
    QByteArray before;
    QByteArray after;
    if (exists()) {
        const auto text = readAll(m_path);
        if (!text)
            return failure(Core::tr("%1 Nothing was saved.").arg(text.error()));
        const auto merged = m_base ? withValues(*text, settings, changedKeys(*m_base, settings), m_path)
                                   : withSettings(*text, settings, m_path);
        if (!merged)
            return failure(Core::tr("%1 Correct the file first; nothing was saved.").arg(merged.error()));
        before = *text;
        after = *merged;
    } else {
        // Removed by somebody: it comes back as it was.
        if (auto made = makeFolder(folder()); !made)
            return made;
        const auto merged = m_lastKnown.isEmpty() ? Result<QByteArray>(firstSettingsText(settings))
                                                  : withSettings(m_lastKnown, settings, m_path);
        after = merged.value_or(firstSettingsText(settings));
    }
    const auto check = parseSettings(after, m_path, m_rule);
    if (!check)
        return failure(Core::tr("%1 Correct this first; nothing was saved.").arg(check.error()));
    if (before != after || before.isNull()) {
        if (auto written = write(after); !written)
            return written;
    }
    m_lastKnown = after;
    m_base = check->settings;
    if (m_watcher) {
        watchPlaces();
        if (check->settings != settings)
            QMetaObject::invokeMethod(this, &SettingsFile::changedOnDisk, Qt::QueuedConnection);
    }
    return {};
}

Result<void> SettingsFile::write(const QByteArray &text)
{
    const QString place = target();
    const QFileInfo info(place);
    const QFileDevice::Permissions mode = info.exists() ? info.permissions() & kModeBits : kOwnerOnly;
    if (const auto replaced = replaceFile(place, text, mode); !replaced)
        return failure(Core::tr("The settings could not be saved to %1: %2. The file is as it was.")
                           .arg(m_path, replaced.error()));
    return {};
}

QString SettingsFile::target() const
{
    const QFileInfo info(m_path);
    if (!info.isSymLink())
        return m_path;
    return info.exists() ? info.canonicalFilePath() : info.symLinkTarget();
}

void SettingsFile::watch()
{
    if (m_watcher)
        return;
    m_watcher = std::make_unique<QFileSystemWatcher>();
    const auto lookSoon = [this] {
        if (!m_settle.isActive())
            m_settle.start();
    };
    connect(m_watcher.get(), &QFileSystemWatcher::fileChanged, this, lookSoon);
    connect(m_watcher.get(), &QFileSystemWatcher::directoryChanged, this, lookSoon);
    watchPlaces();
}

void SettingsFile::watchPlaces()
{
    QStringList places = {m_path, folder()};
    if (const QFileInfo real(target()); real.absoluteFilePath() != QFileInfo(m_path).absoluteFilePath())
        places += {real.absoluteFilePath(), real.absolutePath()};
    // A file that was replaced has dropped out of the watcher; its folder told of it.
    const QStringList watched = m_watcher->files() + m_watcher->directories();
    for (const QString &place : std::as_const(places)) {
        if (!watched.contains(place) && QFileInfo::exists(place))
            m_watcher->addPath(place);
    }
}

void SettingsFile::lookAgain()
{
    watchPlaces();
    const auto text = readAll(m_path);
    if (!text || *text == m_lastKnown) {
        m_unsettled.clear();
        return;
    }
    // Somebody may still be writing: tell only what two looks agree on.
    if (*text != m_unsettled) {
        m_unsettled = *text;
        m_settle.start();
        return;
    }
    m_unsettled.clear();
    m_lastKnown = *text;
    emit changedOnDisk();
}

} // namespace cycast
