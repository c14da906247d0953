// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settingsfile.h"

#include "tests/support/fulldisk.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstring>
#include <sys/inotify.h>
#include <unistd.h>

using namespace cycast;
using namespace cycast::test;
using namespace Qt::Literals::StringLiterals;

namespace
{

constexpr char kText[] = "# mine\nserver { source_password = \"x y z\" } # keep\nbuffer { size_mb = 20 }\n";

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size();
}

QFileDevice::Permissions modeOf(const QString &path)
{
    // Without the bits for the one who asks, who may be root.
    constexpr auto asker = QFileDevice::ReadUser | QFileDevice::WriteUser | QFileDevice::ExeUser;
    return QFileInfo(path).permissions() & ~asker;
}

} // namespace

class TestSettingsFile : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_path = m_folder->filePath(u"config.hcl"_s);
    }

    void firstStart()
    {
        const QString path = m_folder->filePath(u"a/b/config.hcl"_s);
        SettingsFile file(path);
        QVERIFY(!file.exists());
        const auto made = file.create(u"/music/\"of\" mine"_s);
        QVERIFY2(made, made ? "" : qPrintable(made.error()));
        QVERIFY(file.exists());
        QCOMPARE(modeOf(path), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        QCOMPARE(modeOf(file.folder()),
                 QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);

        const auto loaded = file.load();
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error()));
        QCOMPARE(loaded->warnings, QList<SettingsProblem>());
        QCOMPARE(changedKeys(Settings(), loaded->settings),
                 (QStringList{u"server.source_password"_s, u"playlist.directory"_s, u"encoder.loudness"_s}));
        QCOMPARE(loaded->settings.playlist.directory, u"/music/\"of\" mine"_s);
        QVERIFY(loaded->settings.server.sourcePassword.size() > 15);

        const QByteArray text = read(path);
        for (const SettingField &field : settingFields()) {
            const QByteArray name = QByteArray(field.key).split('.').last();
            QVERIFY2(field.hasNoEffect || text.contains(name + " = "), field.key);
        }
        const QByteArrayList lines = text.split('\n');
        for (const QByteArray &line : lines)
            QVERIFY2(line.size() <= 120, line.constData());

        const auto again = file.create({});
        QVERIFY(!again);
        QCOMPARE(read(path), text);
    }

    /// A kill at any moment leaves a whole file or none: it gets its name when it is complete.
    void theFirstFileHasItsNameWhenItIsWhole()
    {
        const int notices = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        QVERIFY(notices >= 0);
        QVERIFY(::inotify_add_watch(notices, QFile::encodeName(m_folder->path()).constData(),
                                    IN_CREATE | IN_MODIFY | IN_MOVED_TO) >= 0);
        SettingsFile file(m_path);
        QVERIFY(file.create({}));
        QByteArray events(65536, '\0');
        const ssize_t size = ::read(notices, events.data(), static_cast<size_t>(events.size()));
        ::close(notices);
        QVERIFY(size > 0);
        quint32 seen = 0;
        for (ssize_t at = 0; at < size;) {
            inotify_event event;
            std::memcpy(&event, events.constData() + at, sizeof event);
            const QByteArray name(events.constData() + at + sizeof event); // ends with a zero
            if (name == "config.hcl")
                seen |= event.mask;
            at += static_cast<ssize_t>(sizeof event + event.len);
        }
        QVERIFY(seen == IN_MOVED_TO || seen == IN_CREATE); // and nothing is written to it any more
        QCOMPARE(modeOf(m_path), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }

    void aFullDiskMakesNoFirstFile()
    {
        SettingsFile file(m_path);
        {
            const FullDisk fullDisk;
            const auto made = file.create({});
            QVERIFY(!made);
            QVERIFY2(made.error().contains(m_path), qPrintable(made.error()));
        }
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList());
        QVERIFY(file.create({}));
    }

    void aPassPhraseThatEverybodyCanReadIsAWarning_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isOpen");
        QTest::addColumn<bool>("warns");
        QTest::newRow("open") << QByteArray(kText) << true << true;
        QTest::newRow("closed") << QByteArray(kText) << false << false;
        QTest::newRow("of the admin")
            << QByteArray("server { source_password = \"\", admin_password = \"a b c\", more_sources = "
                          "[\"anna:x\"] }")
            << true << true;
        QTest::newRow("nothing to hide")
            << QByteArray("server { source_password = \"hackme\", host = \"::1\" }") << true << false;
    }

    void aPassPhraseThatEverybodyCanReadIsAWarning()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const bool, isOpen);
        QFETCH(const bool, warns);
        const QString real = m_folder->filePath(u"real.hcl"_s);
        QVERIFY(write(real, text));
        QVERIFY(QFile::setPermissions(real, QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                                (isOpen ? QFileDevice::ReadOther : QFileDevice::ReadGroup)));
        QVERIFY(QFile::link(real, m_path));
        SettingsFile file(m_path);
        const auto loaded = file.load();
        QVERIFY(loaded);
        const bool isWarned =
            std::any_of(loaded->warnings.cbegin(), loaded->warnings.cend(), [&](const SettingsProblem &each) {
                return each.isWarning && each.sentence.contains(u"chmod 600"_s) &&
                       each.sentence.contains(real) && !each.sentence.contains(u"x y z"_s);
            });
        QCOMPARE(isWarned, warns);
    }

    void firstStartThenOneChange()
    {
        SettingsFile file(m_path);
        QVERIFY(file.create({}));
        const QByteArray before = read(m_path);
        auto loaded = file.load();
        QVERIFY(loaded);
        loaded->settings.buffer.sizeMb = 50;
        QVERIFY(file.save(loaded->settings));
        QCOMPARE(read(m_path), QByteArray(before).replace("size_mb = 20", "size_mb = 50"));
        QCOMPARE(modeOf(m_path), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }

    void onAFullDiskTheFileStaysAsItWas()
    {
        QVERIFY(write(m_path, kText));
        SettingsFile file(m_path);
        auto loaded = file.load();
        QVERIFY(loaded);
        loaded->settings.buffer.sizeMb = 50;
        {
            const FullDisk fullDisk;
            const auto saved = file.save(loaded->settings);
            QVERIFY(!saved);
            QVERIFY2(saved.error().contains(m_path) && saved.error().contains(u"as it was"_s),
                     qPrintable(saved.error()));
        }
        QCOMPARE(read(m_path), QByteArray(kText));
        QVERIFY(file.save(loaded->settings));
        QVERIFY(read(m_path).contains("size_mb = 50"));
    }

    /// Editors empty a file before they fill it, and a full disk leaves it so: that is no wish for defaults.
    void aFileThatWasEmptiedChangesNothing()
    {
        QVERIFY(write(m_path, kText));
        SettingsFile file(m_path);
        QVERIFY(file.load());
        for (const QByteArray &nothing : {QByteArray(""), QByteArray(" \n\n")}) {
            QVERIFY(write(m_path, nothing));
            const auto loaded = file.load();
            QVERIFY(!loaded);
            QVERIFY2(loaded.error().contains(m_path) && loaded.error().contains(u"is empty"_s),
                     qPrintable(loaded.error()));
        }
        QVERIFY(write(m_path, kText));
        QVERIFY(file.load());
    }

    void namesAFileThatIsNotThere()
    {
        SettingsFile file(m_path);
        const auto loaded = file.load();
        QVERIFY(!loaded);
        QVERIFY(loaded.error().contains(m_path));
        SettingsFile folder(m_folder->path());
        QVERIFY(folder.load().error().contains(u"is no file"_s));
    }

    void defaultPlaceIsXdg()
    {
        qputenv("XDG_CONFIG_HOME", m_folder->path().toUtf8());
        QCOMPARE(SettingsFile::defaultPath(), m_folder->filePath(u"cycast-desktop/config.hcl"_s));
        qunsetenv("XDG_CONFIG_HOME");
    }

    void saveKeepsModeAndLink()
    {
        const QString real = m_folder->filePath(u"real.hcl"_s);
        QVERIFY(write(real, kText));
        const auto mode = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup;
        QVERIFY(QFile::setPermissions(real, mode));
        QVERIFY(QFile::link(real, m_path));
        SettingsFile file(m_path);
        auto loaded = file.load();
        QVERIFY(loaded);
        loaded->settings.buffer.sizeMb = 5;
        QVERIFY(file.save(loaded->settings));
        QVERIFY(QFileInfo(m_path).isSymLink());
        QCOMPARE(read(real), QByteArray(kText).replace("20", "5"));
        QCOMPARE(modeOf(real), mode);
    }

    void saveMergesWithChangesOfOthers()
    {
        QVERIFY(write(m_path, kText));
        SettingsFile file(m_path);
        auto loaded = file.load();
        QVERIFY(loaded);
        // Somebody adds a comment, a key and changes another value ...
        QVERIFY(write(m_path,
                      QByteArray("# theirs\n") + kText + "metadata { station_name = \"Theirs\" }\nx = 1\n"));
        loaded->settings.buffer.sizeMb = 5;
        QVERIFY(file.save(loaded->settings));
        QCOMPARE(read(m_path), "# theirs\n" + QByteArray(kText).replace("20", "5") +
                                   "metadata { station_name = \"Theirs\" }\nx = 1\n");
    }

    void saveRefusesABrokenFile_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("syntax") << QByteArray("buffer { size_mb = \n");
        QTest::newRow("value") << QByteArray(
            "server { source_password = \"x\" }\nmetadata { icy_metaint = 1 }\n");
        QTest::newRow("host gone") << QByteArray("server { host = \"\" }\n");
    }

    void saveRefusesABrokenFile()
    {
        QFETCH(QByteArray, text);
        QVERIFY(write(m_path, kText));
        SettingsFile file(m_path);
        auto loaded = file.load();
        QVERIFY(loaded);
        QVERIFY(write(m_path, text));
        loaded->settings.buffer.sizeMb = 5;
        const auto saved = file.save(loaded->settings);
        QVERIFY(!saved);
        QVERIFY2(saved.error().english().startsWith(m_path + ':'_L1) &&
                     saved.error().contains(u"nothing was saved"_s),
                 qPrintable(saved.error()));
        QCOMPARE(read(m_path), text);
    }

    void saveBringsARemovedFileBack()
    {
        QVERIFY(write(m_path, kText));
        SettingsFile file(m_path);
        auto loaded = file.load();
        QVERIFY(loaded);
        QVERIFY(QFile::remove(m_path));
        loaded->settings.buffer.sizeMb = 5;
        QVERIFY(file.save(loaded->settings));
        QCOMPARE(read(m_path), QByteArray(kText).replace("20", "5"));
        QCOMPARE(modeOf(m_path), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }

    void saveRefusesWhatItCouldNotRead()
    {
        QVERIFY(write(m_path, kText));
        SettingsFile file(m_path);
        auto loaded = file.load();
        QVERIFY(loaded);
        loaded->settings.server.mountPoint.clear();
        QVERIFY(!file.save(loaded->settings));
        QCOMPARE(read(m_path), QByteArray(kText));
    }

    void tellsOfChanges_data()
    {
        QTest::addColumn<QString>("how");
        for (const char *how :
             {"written", "renamed over", "removed and made", "link target", "link replaced"})
            QTest::newRow(how) << QString::fromLatin1(how);
    }

    /// Three times over, since an editor that replaces the file would else be seen only once.
    void tellsOfChanges()
    {
        QFETCH(QString, how);
        const QString real = m_folder->filePath(u"elsewhere/real.hcl"_s);
        const bool isLink = how.startsWith("link"_L1);
        QVERIFY(QDir().mkpath(m_folder->filePath(u"elsewhere"_s)));
        QVERIFY(write(isLink ? real : m_path, kText));
        if (isLink)
            QVERIFY(QFile::link(real, m_path));
        SettingsFile file(m_path);
        QVERIFY(file.load());
        file.watch();
        QSignalSpy spy(&file, &SettingsFile::changedOnDisk);
        for (int size = 5; size < 8; ++size) {
            const QByteArray text = QByteArray(kText).replace("20", QByteArray::number(size));
            const QString aside = m_folder->filePath(u"aside%1"_s.arg(size));
            if (how == "written"_L1) {
                QVERIFY(write(m_path, text));
            } else if (how == "renamed over"_L1 || how == "link target"_L1) {
                QSaveFile save(isLink ? real : m_path);
                QVERIFY(save.open(QIODevice::WriteOnly));
                save.write(text);
                QVERIFY(save.commit());
            } else if (how == "removed and made"_L1) {
                QVERIFY(QFile::remove(m_path));
                QVERIFY(write(m_path, text));
            } else {
                QVERIFY(write(aside, text));
                QVERIFY(QFile::remove(m_path));
                QVERIFY(QFile::link(aside, m_path));
            }
            QTRY_COMPARE(spy.size(), 1);
            spy.clear();
            const auto loaded = file.load();
            QVERIFY(loaded);
            QCOMPARE(loaded->settings.buffer.sizeMb, size);
        }
    }

    void doesNotTellOfItsOwnSaves()
    {
        QVERIFY(write(m_path, kText));
        SettingsFile file(m_path);
        auto loaded = file.load();
        QVERIFY(loaded);
        file.watch();
        QSignalSpy spy(&file, &SettingsFile::changedOnDisk);
        loaded->settings.buffer.sizeMb = 5;
        QVERIFY(file.save(loaded->settings));
        // A change by somebody else follows at once: it is told, and told once only.
        SettingsFile other(m_path);
        auto theirs = other.load();
        QVERIFY(theirs);
        theirs->settings.buffer.sizeMb = 6;
        QVERIFY(other.save(theirs->settings));
        QVERIFY(spy.wait());
        QCOMPARE(spy.size(), 1);
        QCOMPARE(file.load()->settings.buffer.sizeMb, 6);
    }

    void tellsOfWhatItMergedIn()
    {
        QVERIFY(write(m_path, kText));
        SettingsFile file(m_path);
        auto loaded = file.load();
        QVERIFY(loaded);
        file.watch();
        QSignalSpy spy(&file, &SettingsFile::changedOnDisk);
        QVERIFY(write(m_path, QByteArray(kText) + "metadata { station_name = \"Theirs\" }\n"));
        loaded->settings.buffer.sizeMb = 5;
        QVERIFY(file.save(loaded->settings));
        QTRY_COMPARE(spy.size(), 1);
        QCOMPARE(file.load()->settings.metadata.stationName, u"Theirs"_s);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestSettingsFile)
#include "tst_settingsfile.moc"
