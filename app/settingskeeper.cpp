// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settingskeeper.h"

#include "core/base/log.h"
#include "core/base/places.h"
#include "core/playlist/library/demomusic.h"

using namespace Qt::Literals::StringLiterals;

namespace cycast
{
namespace
{

void logProblems(const QList<SettingsProblem> &problems)
{
    for (const SettingsProblem &problem : problems) {
        // Most sentences name their setting or its place in the file; those about another file do not.
        const bool namesField = problem.field.isEmpty() || problem.sentence.contains(problem.field);
        const QString line = namesField ? problem.sentence : problem.field + u": "_s + problem.sentence;
        if (problem.isWarning)
            qCWarning(lcSettings).noquote() << line;
        else
            qCCritical(lcSettings).noquote() << line;
    }
}

} // namespace

SettingsKeeper::SettingsKeeper(SettingsFile &file, StationControl &control, QObject *parent)
    : QObject(parent)
    , m_file(file)
    , m_control(control)
{
    connect(&m_file, &SettingsFile::changedOnDisk, this, &SettingsKeeper::reload);
    connect(&m_control, &StationControl::settingsApplied, this, &SettingsKeeper::settingsApplied);
    connect(&m_control, &StationControl::settingsRejected, this, &logProblems);
}

void SettingsKeeper::begin(const LoadedSettings &loaded)
{
    emit secretsChanged(secretTexts(loaded.settings));
    hand(loaded);
    m_file.watch();
}

void SettingsKeeper::reload()
{
    const auto loaded = m_file.load();
    if (!loaded) {
        qCCritical(lcSettings).noquote() << loaded.error() << "The settings in force stay.";
        return;
    }
    qCInfo(lcSettings).noquote() << Core::tr("Read the settings again from %1.").arg(m_file.path());
    hand(*loaded);
}

void SettingsKeeper::hand(const LoadedSettings &loaded)
{
    m_inFile = loaded.settings;
    logProblems(loaded.warnings);
    m_told = validate(loaded.settings, PortRule::AnyAllowed); // these are among them, with their places
    m_control.applySettings(loaded.settings);
}

void SettingsKeeper::settingsApplied(const Settings &settings, const QList<SettingsProblem> &warnings)
{
    emit secretsChanged(secretTexts(settings));
    QList<SettingsProblem> news = warnings;
    news.removeIf([this](const SettingsProblem &each) { return m_told.contains(each); });
    logProblems(news);
    m_told = warnings;
    if (settings == m_inFile)
        return;
    if (const auto saved = m_file.save(settings); !saved) {
        qCCritical(lcSettings).noquote() << saved.error();
        return;
    }
    m_inFile = settings;
}

QString firstMusicFolder()
{
    return userPlace(QStandardPaths::GenericDataLocation) + u"/cycast-desktop/music"_s;
}

Result<LoadedSettings> openSettings(SettingsFile &file, bool isDefault)
{
    if (!file.exists() && isDefault) {
        const QString music = firstMusicFolder();
        // Without demo music the station still starts; the sentence says why it is silent.
        if (const auto installed = installDemoMusic(music); !installed)
            qCWarning(lcPlaylist).noquote() << installed.error();
        if (const auto created = file.create(music); !created)
            return failure(created.error());
        qCInfo(lcSettings).noquote()
            << Core::tr("First start: wrote %1 with a pass phrase of its own.").arg(file.path());
    }
    return file.load();
}

} // namespace cycast
