<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
<context>
    <name>ActionTexts</name>
    <message>
        <source>Add &amp;files…</source>
        <translation>Ajouter des &amp;fichiers…</translation>
    </message>
    <message>
        <source>Add f&amp;older…</source>
        <translation>Ajouter un &amp;dossier…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>Open &amp;playlist…</source>
        <translation>Ouvrir une &amp;liste…</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>&amp;Save playlist as…</source>
        <translation>&amp;Enregistrer la liste sous…</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>Ann&amp;uler</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>Rétabl&amp;ir</translation>
    </message>
    <message>
        <source>Re&amp;move from playlist</source>
        <translation>&amp;Retirer de la liste</translation>
    </message>
    <message>
        <source>&amp;Play from here</source>
        <translation>&amp;Jouer à partir d’ici</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Ctrl+Return</translation>
    </message>
    <message>
        <source>Play &amp;next</source>
        <translation>Jouer e&amp;nsuite</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Return</source>
        <translation>Ctrl+Shift+Return</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Tout &amp;sélectionner</translation>
    </message>
    <message>
        <source>Select tracks that need a&amp;ttention</source>
        <translation>Sélectionner les titres à re&amp;voir</translation>
    </message>
    <message>
        <source>Ctrl+Shift+N</source>
        <translation>Ctrl+Shift+N</translation>
    </message>
    <message>
        <source>&amp;Only tracks that need attention</source>
        <translation>Seu&amp;lement les titres à revoir</translation>
    </message>
    <message>
        <source>Ctrl+Shift+A</source>
        <translation>Ctrl+Shift+A</translation>
    </message>
    <message>
        <source>Show only the tracks that need attention, with the reason</source>
        <translation>Montrer seulement les titres à revoir, avec la raison</translation>
    </message>
    <message>
        <source>&amp;Find in playlist</source>
        <translation>C&amp;hercher dans la liste</translation>
    </message>
    <message>
        <source>S&amp;huffle</source>
        <translation>&amp;Aléatoire</translation>
    </message>
    <message>
        <source>Ctrl+Shift+H</source>
        <translation>Ctrl+Shift+H</translation>
    </message>
    <message>
        <source>Rep&amp;eat the whole list</source>
        <translation>Ré&amp;péter toute la liste</translation>
    </message>
    <message>
        <source>Ctrl+Shift+R</source>
        <translation>Ctrl+Shift+R</translation>
    </message>
    <message>
        <source>Repeat the whole list</source>
        <translation>Répéter toute la liste</translation>
    </message>
</context>
<context>
    <name>Adviser</name>
    <message>
        <source>The processor is very busy</source>
        <translation>Le processeur est très occupé</translation>
    </message>
    <message>
        <source>Larger chunks and longer pauses send the same audio in fewer steps. (Smaller chunks, as some advise, would cost more.) The price is delay of live shows.</source>
        <translation>Des blocs plus grands et des pauses plus longues envoient le même son en moins d’étapes. (De plus petits blocs, comme certains le conseillent, coûteraient davantage.) Le prix est un retard des directs.</translation>
    </message>
    <message>
        <source>The settings send in as few steps as they can already. Close other programs, or limit the number of listeners.</source>
        <translation>Les réglages envoient déjà en aussi peu d’étapes que possible. Fermez d’autres programmes ou limitez le nombre d’auditeurs.</translation>
    </message>
    <message>
        <source>Listeners are skipping</source>
        <translation>Des auditeurs subissent des sauts</translation>
    </message>
    <message>
        <source>A larger buffer lets a slow listener fall further behind before it has to jump, and shorter pauses serve it sooner. The price is memory and a little CPU.</source>
        <translation>Un tampon plus grand laisse un auditeur lent prendre plus de retard avant de devoir sauter, et des pauses plus courtes le servent plus tôt. Le prix est de la mémoire et un peu de CPU.</translation>
    </message>
    <message>
        <source>The settings give listeners all the room there is. Their lines are too slow for this bitrate.</source>
        <translation>Les réglages donnent aux auditeurs toute la marge possible. Leurs lignes sont trop lentes pour ce débit.</translation>
    </message>
    <message>
        <source>The buffer is running low</source>
        <translation>Le tampon s’épuise</translation>
    </message>
    <message>
        <source>A larger buffer holds more in reserve while the disk or the live source stalls; above 20 MB it gives live shows a cushion too. The price is memory, and delay of live shows.</source>
        <translation>Un tampon plus grand garde plus de réserve quand le disque ou la source en direct cale ; au-dessus de 20 Mo il donne aussi un coussin aux directs. Le prix est de la mémoire et un retard des directs.</translation>
    </message>
    <message>
        <source>The buffer cannot grow further here. Look at the disk with the music, or at the line of the live source.</source>
        <translation>Le tampon ne peut plus grandir ici. Regardez le disque de la musique ou la ligne de la source en direct.</translation>
    </message>
    <message>
        <source>Many listeners lag at once</source>
        <translation>Beaucoup d’auditeurs traînent à la fois</translation>
    </message>
    <message>
        <source>Larger chunks catch up with fewer sends, and shorter pauses begin sooner. The price is delay of live shows.</source>
        <translation>Des blocs plus grands rattrapent avec moins d’envois, et des pauses plus courtes commencent plus tôt. Le prix est un retard des directs.</translation>
    </message>
    <message>
        <source>The settings serve listeners as fast as they can. When many lag together, your line to the internet is usually full: fewer listeners or a lower bitrate help.</source>
        <translation>Les réglages servent les auditeurs aussi vite que possible. Quand beaucoup traînent ensemble, votre ligne internet est en général pleine : moins d’auditeurs ou un débit plus bas aident.</translation>
    </message>
    <message>
        <source>The delay is long for a live show</source>
        <translation>Le retard est long pour un direct</translation>
    </message>
    <message>
        <source>A smaller cushion and smaller chunks bring listeners closer to you. The price is CPU, and less patience with a source that stalls.</source>
        <translation>Un coussin plus mince et de plus petits blocs rapprochent les auditeurs. Le prix est du CPU et moins de patience avec une source qui cale.</translation>
    </message>
    <message>
        <source>The settings have the least delay already; what is left is the buffer of each player.</source>
        <translation>Les réglages ont déjà le plus petit retard ; ce qui reste est le tampon de chaque lecteur.</translation>
    </message>
    <message>
        <source>Memory is short</source>
        <translation>La mémoire manque</translation>
    </message>
    <message>
        <source>A smaller buffer gives memory back. The price is that listeners can pause for less long before they jump.</source>
        <translation>Un tampon plus petit rend de la mémoire. Le prix : les auditeurs peuvent faire une pause moins longue avant de sauter.</translation>
    </message>
    <message>
        <source>The buffer is as small as it is useful already. Close other programs.</source>
        <translation>Le tampon est déjà aussi petit qu’il est utile. Fermez d’autres programmes.</translation>
    </message>
    <message>
        <source>So many listen that sending is spread out</source>
        <translation>L’audience est telle que les envois s’espacent</translation>
    </message>
    <message>
        <source>Sending took more than half of a processor, so the sound gathers a little longer before it goes out, a second at the most. Nobody misses anything, and it ends by itself when the crowd goes. A faster computer, or a relay, gives room for more.</source>
        <translation>L’envoi occupait plus de la moitié d’un processeur ; le son s’accumule donc un peu plus longtemps avant de partir, une seconde au plus. Personne ne manque rien, et cela cesse tout seul quand l’audience baisse. Un ordinateur plus rapide, ou un relais, laisse de la place pour davantage.</translation>
    </message>
</context>
<context>
    <name>AdviserBar</name>
    <message>
        <source>%1 MB</source>
        <translation>%1 Mo</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 %2 → ≈ %3</source>
        <translation>%1 %2 → ≈ %3</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>retard</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>mémoire</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>buffer</source>
        <translation>tampon</translation>
    </message>
    <message>
        <source>&amp;Apply live</source>
        <translation>&amp;Appliquer en direct</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>Ann&amp;uler</translation>
    </message>
    <message>
        <source>advice</source>
        <translation>conseil</translation>
    </message>
    <message>
        <source>advice taken back</source>
        <translation>conseil retiré</translation>
    </message>
    <message>
        <source>&amp;Not now</source>
        <translation>&amp;Pas maintenant</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fermer</translation>
    </message>
    <message>
        <source>Applied. Measuring whether the forecast holds…</source>
        <translation>Appliqué. On mesure si la prévision se vérifie…</translation>
    </message>
    <message>
        <source>Advice: %1</source>
        <translation>Conseil : %1</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1 : %2 → %3</translation>
    </message>
    <message>
        <source>Expected: %1</source>
        <translation>Prévu : %1</translation>
    </message>
    <message>
        <source>The forecast cannot be judged: the listeners have changed meanwhile.</source>
        <translation>La prévision ne peut être jugée : les auditeurs ont changé entre-temps.</translation>
    </message>
    <message>
        <source>The forecast held.</source>
        <translation>La prévision s’est vérifiée.</translation>
    </message>
    <message>
        <source>The forecast did not hold.</source>
        <translation>La prévision ne s’est pas vérifiée.</translation>
    </message>
    <message>
        <source>What was measured before no longer shows.</source>
        <translation>Ce qui avait été mesuré n’apparaît plus.</translation>
    </message>
    <message>
        <source>What was measured before still shows. Undo it, or wait for the next advice.</source>
        <translation>Ce qui avait été mesuré apparaît toujours. Annulez, ou attendez le prochain conseil.</translation>
    </message>
    <message>
        <source>latency %1, memory %2, CPU %3</source>
        <translation>retard %1, mémoire %2, CPU %3</translation>
    </message>
    <message>
        <source>Expected: %1. Measured: %2.</source>
        <translation>Prévu : %1. Mesuré : %2.</translation>
    </message>
</context>
<context>
    <name>AirLamp</name>
    <message>
        <source>checking…</source>
        <translation>vérification…</translation>
    </message>
    <message>
        <source>On the air. The built-in listener waits for the first sound.</source>
        <translation>À l’antenne. L’auditeur intégré attend le premier son.</translation>
    </message>
    <message>
        <source>● heard</source>
        <translation>● entendu</translation>
    </message>
    <message>
        <source>The built-in listener hears the programme, through the same port as everybody.</source>
        <translation>L’auditeur intégré entend le programme, par le même port que tout le monde.</translation>
    </message>
    <message>
        <source>▲ silence: %1</source>
        <translation>▲ silence : %1</translation>
    </message>
    <message>
        <source>Listeners hear silence. The file may be mute, or the live program&apos;s input.</source>
        <translation>Les auditeurs entendent du silence. Le fichier est peut-être muet, ou l’entrée du programme en direct.</translation>
    </message>
    <message>
        <source>▲ no audio: %1</source>
        <translation>▲ pas de son : %1</translation>
    </message>
    <message>
        <source>Listeners are connected, but no audio comes. Is the live program still sending?</source>
        <translation>Des auditeurs sont connectés, mais aucun son n’arrive. Le programme en direct envoie-t-il encore ?</translation>
    </message>
    <message>
        <source>▲ not reachable</source>
        <translation>▲ injoignable</translation>
    </message>
    <message>
        <source>The station does not answer on its own port: nobody can listen.</source>
        <translation>La station ne répond pas sur son propre port : personne ne peut écouter.</translation>
    </message>
    <message>
        <source>▲ wrong title</source>
        <translation>▲ mauvais titre</translation>
    </message>
    <message>
        <source>Sound comes, but players are told another title than the one that plays.</source>
        <translation>Le son arrive, mais les lecteurs reçoivent un autre titre que celui qui passe.</translation>
    </message>
    <message>
        <source>Lamp: %1</source>
        <translation>Voyant : %1</translation>
    </message>
</context>
<context>
    <name>AlarmBell</name>
    <message>
        <source>Your listeners hear nothing</source>
        <translation>Vos auditeurs n’entendent rien</translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message>
        <source>%1 missing</source>
        <translation>%1 manquants</translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation>%1 illisibles</translation>
    </message>
    <message>
        <source>%1 copy-protected</source>
        <translation>%1 protégés contre la copie</translation>
    </message>
    <message>
        <source>%1 without sound</source>
        <translation>%1 sans son</translation>
    </message>
    <message>
        <source>%1 cannot be played</source>
        <translation>%1 impossibles à jouer</translation>
    </message>
    <message>
        <source>%1 very short</source>
        <translation>%1 très courts</translation>
    </message>
    <message>
        <source>%1 with a silent end</source>
        <translation>%1 avec une fin silencieuse</translation>
    </message>
    <message>
        <source>%1 far too loud</source>
        <translation>%1 beaucoup trop forts</translation>
    </message>
    <message>
        <source>%1 far too quiet</source>
        <translation>%1 beaucoup trop faibles</translation>
    </message>
    <message>
        <source>%1 without an answer</source>
        <translation>%1 sans réponse</translation>
    </message>
</context>
<context>
    <name>BanActions</name>
    <message>
        <source>Ban this address…</source>
        <translation>Bannir cette adresse…</translation>
    </message>
    <message>
        <source>Ban this subnet…</source>
        <translation>Bannir ce sous-réseau…</translation>
    </message>
    <message>
        <source>Ban this player…</source>
        <translation>Bannir ce lecteur…</translation>
    </message>
    <message>
        <source>Banned listeners…</source>
        <translation>Auditeurs bannis…</translation>
    </message>
</context>
<context>
    <name>BanDialog</name>
    <message>
        <source>Ban listeners</source>
        <translation>Bannir des auditeurs</translation>
    </message>
    <message>
        <source>192.0.2.7, or 192.0.2.0/24; empty: everywhere</source>
        <translation>192.0.2.7 ou 192.0.2.0/24 ; vide : partout</translation>
    </message>
    <message>
        <source>part of the player&apos;s name; empty: every player</source>
        <translation>partie du nom du lecteur ; vide : tous les lecteurs</translation>
    </message>
    <message>
        <source>for an hour</source>
        <translation>pour une heure</translation>
    </message>
    <message>
        <source>for a day</source>
        <translation>pour un jour</translation>
    </message>
    <message>
        <source>for a week</source>
        <translation>pour une semaine</translation>
    </message>
    <message>
        <source>for good</source>
        <translation>pour toujours</translation>
    </message>
    <message>
        <source>&amp;Address or subnet</source>
        <translation>&amp;Adresse ou sous-réseau</translation>
    </message>
    <message>
        <source>&amp;Player</source>
        <translation>&amp;Lecteur</translation>
    </message>
    <message>
        <source>&amp;How long</source>
        <translation>&amp;Combien de temps</translation>
    </message>
    <message>
        <source>&amp;Note for you</source>
        <translation>&amp;Note pour vous</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>Bannir</translation>
    </message>
    <message>
        <source>Give an address or a player: a ban without both would keep everybody out.</source>
        <translation>Donnez une adresse ou un lecteur : un bannissement sans l’un ni l’autre écarterait tout le monde.</translation>
    </message>
    <message>
        <source>Hits nobody of those who listen now.</source>
        <translation>Ne touche personne qui écoute maintenant.</translation>
    </message>
    <message>
        <source>Ends the connection of %1 at once.</source>
        <translation>Coupe aussitôt la connexion de %1.</translation>
    </message>
</context>
<context>
    <name>BanList</name>
    <message>
        <source>The list of bans cannot be read (%1). It was put aside as %2.</source>
        <translation>La liste des bannissements ne peut être lue (%1). Elle a été mise de côté sous %2.</translation>
    </message>
    <message>
        <source>The list of bans cannot be saved in %1: %2.</source>
        <translation>La liste des bannissements ne peut être enregistrée dans %1 : %2.</translation>
    </message>
</context>
<context>
    <name>BanListDialog</name>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Modifier…</translation>
    </message>
    <message>
        <source>&amp;Lift the ban</source>
        <translation>&amp;Lever le bannissement</translation>
    </message>
    <message>
        <source>Banned listeners</source>
        <translation>Auditeurs bannis</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>Combien de temps</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Ajouter…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>BroadcastActions</name>
    <message>
        <source>&amp;Skip track</source>
        <translation>&amp;Passer le titre</translation>
    </message>
    <message>
        <source>&amp;Copy link</source>
        <translation>&amp;Copier le lien</translation>
    </message>
    <message>
        <source>S&amp;hare…</source>
        <translation>Pa&amp;rtager…</translation>
    </message>
    <message>
        <source>&amp;Listen</source>
        <translation>Éco&amp;uter</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Passer</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Ctrl+Right</source>
        <translation>Ctrl+Right</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C</source>
        <translation>Ctrl+Shift+C</translation>
    </message>
    <message>
        <source>Ctrl+Shift+S</source>
        <translation>Ctrl+Shift+S</translation>
    </message>
    <message>
        <source>Ctrl+Shift+L</source>
        <translation>Ctrl+Shift+L</translation>
    </message>
    <message>
        <source>Go &amp;off air</source>
        <translation>&amp;Quitter l’antenne</translation>
    </message>
    <message>
        <source>Go &amp;on air</source>
        <translation>Passer à l’&amp;antenne</translation>
    </message>
    <message>
        <source>Skip this track</source>
        <translation>Passer ce titre</translation>
    </message>
    <message>
        <source>Skips a track while the playlist is on the air</source>
        <translation>Passe un titre quand la liste est à l’antenne</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>Enre&amp;gistrer</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>Record what listeners get, byte for byte</source>
        <translation>Enregistrer ce que reçoivent les auditeurs, octet pour octet</translation>
    </message>
    <message>
        <source>Let people o&amp;utside listen…</source>
        <translation>Faire écouter les gens du &amp;dehors…</translation>
    </message>
</context>
<context>
    <name>BufferCard</name>
    <message>
        <source>Buffer health</source>
        <translation>Santé du tampon</translation>
    </message>
    <message>
        <source>Chart of the buffer</source>
        <translation>Graphique du tampon</translation>
    </message>
    <message>
        <source>The buffer shows here as soon as you are on the air.</source>
        <translation>Le tampon apparaît ici dès que vous êtes à l’antenne.</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Niveau</translation>
    </message>
    <message>
        <source>Show the fill of the buffer</source>
        <translation>Montrer le niveau du tampon</translation>
    </message>
    <message>
        <source>Rate and listeners</source>
        <translation>Débit et auditeurs</translation>
    </message>
    <message>
        <source>Show the outgoing rate and the listeners</source>
        <translation>Montrer le débit sortant et les auditeurs</translation>
    </message>
    <message>
        <source>Delay and CPU</source>
        <translation>Retard et CPU</translation>
    </message>
    <message>
        <source>Show the latency and the processor</source>
        <translation>Montrer le retard et le processeur</translation>
    </message>
    <message>
        <source>2 min</source>
        <translation>2 min</translation>
    </message>
    <message>
        <source>Show the last 2 minutes</source>
        <translation>Montrer les 2 dernières minutes</translation>
    </message>
    <message>
        <source>10 min</source>
        <translation>10 min</translation>
    </message>
    <message>
        <source>Show the last 10 minutes</source>
        <translation>Montrer les 10 dernières minutes</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>Show the last hour</source>
        <translation>Montrer la dernière heure</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>Show the last 24 hours</source>
        <translation>Montrer les dernières 24 heures</translation>
    </message>
    <message>
        <source>Save chart as &amp;table (CSV)…</source>
        <translation>Enregistrer le graphique en &amp;tableau (CSV)…</translation>
    </message>
    <message>
        <source>Save chart as picture</source>
        <translation>Enregistrer le graphique en image</translation>
    </message>
    <message>
        <source>Save chart as table</source>
        <translation>Enregistrer le graphique en tableau</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Images (*.png)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tableaux (*.csv)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1 n’a pas pu être écrit: %2.</translation>
    </message>
    <message>
        <source>The chart could not be saved there.</source>
        <translation>Le graphique n’a pas pu être enregistré là.</translation>
    </message>
    <message>
        <source>Verdict on the buffer: %1</source>
        <translation>Verdict sur le tampon : %1</translation>
    </message>
    <message>
        <source>%1  ·  %2 of %3 MB  ·  %4 ahead</source>
        <translation>%1  ·  %2 sur %3 Mo  ·  %4 d’avance</translation>
    </message>
    <message>
        <source>Off air. The buffer is empty.</source>
        <translation>Hors antenne. Le tampon est vide.</translation>
    </message>
    <message>
        <source>%1 going out to %2.</source>
        <translation>%1 sortent vers %2.</translation>
    </message>
    <message>
        <source>Latency %1, processor %2 of a core.</source>
        <translation>Retard %1, processeur %2 d’un cœur.</translation>
    </message>
    <message>
        <source>Buffer %1, %2, %3 ahead, %4 over the last 2 minutes.</source>
        <translation>Tampon %1, %2, %3 d’avance, %4 sur les 2 dernières minutes.</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>stable</translation>
    </message>
    <message>
        <source>swinging by %1 points</source>
        <translation>oscille de %1 points</translation>
    </message>
    <message>
        <source>Last event, %1 ago: %2</source>
        <translation>Dernier événement, il y a %1 : %2</translation>
    </message>
    <message>
        <source>Save chart as p&amp;icture…</source>
        <translation>Enregistrer le graphique en &amp;image…</translation>
    </message>
    <message>
        <source>Listeners in this span: %1.</source>
        <translation>Auditeurs dans cet intervalle : %1.</translation>
    </message>
    <message>
        <source>Gathering %1: many listeners.</source>
        <translation>Accumulation %1 : beaucoup d’auditeurs.</translation>
    </message>
</context>
<context>
    <name>BufferChart</name>
    <message>
        <source>%d %%</source>
        <comment>printf format of a percentage</comment>
        <translation>%d %%</translation>
    </message>
    <message>
        <source>%g kB/s</source>
        <comment>printf format of a rate</comment>
        <translation>%g ko/s</translation>
    </message>
    <message>
        <source>%g ms</source>
        <comment>printf format of a delay</comment>
        <translation>%g ms</translation>
    </message>
    <message>
        <source>%g %%</source>
        <comment>printf format of a percentage</comment>
        <translation>%g %%</translation>
    </message>
    <message>
        <source>Outgoing, kB/s</source>
        <translation>Sortant, ko/s</translation>
    </message>
    <message>
        <source>Listeners (dashed)</source>
        <translation>Auditeurs (tirets)</translation>
    </message>
    <message>
        <source>Latency, ms</source>
        <translation>Retard, ms</translation>
    </message>
    <message>
        <source>CPU, % of a core (dashed)</source>
        <translation>CPU, % d’un cœur (tirets)</translation>
    </message>
    <message>
        <source>%d s</source>
        <comment>printf format of seconds</comment>
        <translation>%d s</translation>
    </message>
    <message>
        <source>%d min</source>
        <comment>printf format of minutes</comment>
        <translation>%d min</translation>
    </message>
    <message>
        <source>%d h</source>
        <comment>printf format of hours</comment>
        <translation>%d h</translation>
    </message>
</context>
<context>
    <name>ChartFlags</name>
    <message>
        <source>%1 joined</source>
        <translation>%1 arrivés</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 partis</translation>
    </message>
    <message>
        <source>(%1 to %2 ago)</source>
        <translation>(il y a %1 à %2)</translation>
    </message>
</context>
<context>
    <name>ConnectDj</name>
    <message>
        <source>Scripts for Linux and macOS (*.sh)</source>
        <translation>Scripts pour Linux et macOS (*.sh)</translation>
    </message>
    <message>
        <source>Start it in a terminal with the music files behind its name.</source>
        <translation>Lancez-le dans un terminal, les fichiers de musique derrière son nom.</translation>
    </message>
    <message>
        <source>Scripts for Windows (*.bat)</source>
        <translation>Scripts pour Windows (*.bat)</translation>
    </message>
    <message>
        <source>Drop music files onto it.</source>
        <translation>Déposez-y des fichiers de musique.</translation>
    </message>
    <message>
        <source>Mixxx profiles (*.bcp.xml)</source>
        <translation>Profils de Mixxx (*.bcp.xml)</translation>
    </message>
    <message>
        <source>Put it into the folder broadcast_profiles of Mixxx&apos;s settings folder (on Linux ~/.mixxx) and start Mixxx anew.</source>
        <translation>Mettez-le dans le dossier broadcast_profiles des réglages de Mixxx (sous Linux ~/.mixxx) et relancez Mixxx.</translation>
    </message>
    <message>
        <source>BUTT settings (*.buttrc)</source>
        <translation>Réglages de BUTT (*.buttrc)</translation>
    </message>
    <message>
        <source>In BUTT: Settings, Main, Import.</source>
        <translation>Dans BUTT : Settings, Main, Import.</translation>
    </message>
    <message>
        <source>OBS profiles (*.ini)</source>
        <translation>Profils d’OBS (*.ini)</translation>
    </message>
    <message>
        <source>Save it into an empty folder. In OBS: Profile, Import, choose that folder; then press Start Recording.</source>
        <translation>Enregistrez-le dans un dossier vide. Dans OBS : Profil, Importer, choisissez ce dossier ; puis « Démarrer l’enregistrement ».</translation>
    </message>
    <message>
        <source>The file could not be saved as %1: %2.</source>
        <translation>Le fichier n’a pas pu être enregistré sous %1 : %2.</translation>
    </message>
</context>
<context>
    <name>ConnectDjDialog</name>
    <message>
        <source>&amp;Show the pass phrase</source>
        <translation>&amp;Montrer le mot de passe</translation>
    </message>
    <message>
        <source>Connect a DJ</source>
        <translation>Connecter un DJ</translation>
    </message>
    <message>
        <source>What the DJ&apos;s program needs to know</source>
        <translation>Ce que le programme du DJ doit savoir</translation>
    </message>
    <message>
        <source>&amp;Program</source>
        <translation>&amp;Programme</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>&amp;Hide the pass phrase</source>
        <translation>&amp;Cacher le mot de passe</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Copier : %1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Refused: %1</source>
        <translation>Refusé : %1</translation>
    </message>
    <message>
        <source>Connected: %1</source>
        <translation>Connecté : %1</translation>
    </message>
    <message>
        <source>Waiting for the DJ… This line turns green when the show begins.</source>
        <translation>En attente du DJ… Cette ligne devient verte quand l’émission commence.</translation>
    </message>
    <message>
        <source>Go on air first: only then can a DJ connect.</source>
        <translation>Passez d’abord à l’antenne : alors seulement un DJ peut se connecter.</translation>
    </message>
    <message>
        <source>Save as a &amp;file…</source>
        <translation>Enregistrer en &amp;fichier…</translation>
    </message>
    <message>
        <source>A file with these values, the pass phrase among them: hand it to the DJ only.</source>
        <translation>Un fichier avec ces valeurs, mot de passe compris : ne le donnez qu’au DJ.</translation>
    </message>
    <message>
        <source>Or as a file. %1</source>
        <translation>Ou en fichier. %1</translation>
    </message>
    <message>
        <source>Save the file for %1</source>
        <translation>Enregistrer le fichier pour %1</translation>
    </message>
    <message>
        <source>Saved, with the pass phrase in it. %1</source>
        <translation>Enregistré, avec le mot de passe dedans. %1</translation>
    </message>
    <message>
        <source>The DJ &amp;is</source>
        <translation>Le DJ e&amp;st</translation>
    </message>
    <message>
        <source>Where the DJ is</source>
        <translation>Où se trouve le DJ</translation>
    </message>
    <message>
        <source>in the home network</source>
        <translation>dans le réseau domestique</translation>
    </message>
    <message>
        <source>somewhere else</source>
        <translation>ailleurs</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>wrong user name or password; use the user &quot;source&quot; and the source password of this station.</source>
        <translation>mauvais nom d’utilisateur ou mot de passe ; prenez l’utilisateur « source » et le mot de passe de source de cette station.</translation>
    </message>
    <message>
        <source>a user name and a password are needed: the user &quot;source&quot; and the source password of this station.</source>
        <translation>il faut un nom d’utilisateur et un mot de passe : l’utilisateur « source » et le mot de passe de source de cette station.</translation>
    </message>
    <message>
        <source>too many wrong passwords came from this address; wait %1 s.</source>
        <translation>trop de mauvais mots de passe sont venus de cette adresse ; attendez %1 s.</translation>
    </message>
    <message>
        <source>wrong password; enter the source password of this station.</source>
        <translation>mauvais mot de passe ; entrez le mot de passe de source de cette station.</translation>
    </message>
    <message>
        <source>the password was right, but %1.</source>
        <translation>le mot de passe était bon, mais %1.</translation>
    </message>
    <message>
        <source>The mount of this station is %1; set it in your program.</source>
        <translation>Le point de montage de cette station est %1 ; réglez-le dans votre programme.</translation>
    </message>
    <message>
        <source>MP3 (audio/mpeg), AAC (audio/aac) and Ogg with Vorbis, Opus or FLAC (audio/ogg) are understood, %1 is not; choose one of them in your program.</source>
        <translation>MP3 (audio/mpeg), AAC (audio/aac) et Ogg avec Vorbis, Opus ou FLAC (audio/ogg) sont compris, pas %1 ; choisissez l’un d’eux dans votre programme.</translation>
    </message>
    <message>
        <source>Mountpoint in use: two encoders throw each other off the air again and again (%1). The one that is on stays; stop the other.</source>
        <translation>Point de montage occupé : deux encodeurs se chassent sans cesse de l’antenne (%1). Celui qui est à l’antenne reste ; arrêtez l’autre.</translation>
    </message>
    <message>
        <source>Took over from %1.</source>
        <translation>A pris la suite de %1.</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Connecté.</translation>
    </message>
    <message>
        <source>This is the port for listeners; live sources connect to port %1 (advanced.strict_ports is on).</source>
        <translation>C’est le port des auditeurs ; les sources en direct se connectent au port %1 (advanced.strict_ports est activé).</translation>
    </message>
    <message>
        <source>its header lines did not arrive in time</source>
        <translation>ses lignes d’en-tête ne sont pas arrivées à temps</translation>
    </message>
    <message>
        <source>it hung up before its header lines were complete</source>
        <translation>il a raccroché avant la fin de ses lignes d’en-tête</translation>
    </message>
    <message>
        <source>its header lines cannot be read</source>
        <translation>ses lignes d’en-tête sont illisibles</translation>
    </message>
    <message>
        <source>%1 (%2 times more before)</source>
        <translation>%1 (%2 fois de plus auparavant)</translation>
    </message>
    <message>
        <source>On the air at %1.</source>
        <translation>À l’antenne à %1.</translation>
    </message>
    <message>
        <source>Off the air.</source>
        <translation>Hors antenne.</translation>
    </message>
    <message>
        <source>Skipped %1.</source>
        <translation>%1 a été sauté.</translation>
    </message>
    <message>
        <source>Live: %1 from %2.</source>
        <translation>En direct : %1 depuis %2.</translation>
    </message>
    <message>
        <source>The live source at %1 has ended: %2.</source>
        <translation>La source en direct à %1 s’est terminée : %2.</translation>
    </message>
    <message>
        <source>The playlist could not be read fast enough; silence keeps the listeners connected.</source>
        <translation>La liste n’a pas pu être lue assez vite ; du silence garde les auditeurs connectés.</translation>
    </message>
    <message>
        <source>Settings changed: %1.</source>
        <translation>Réglages modifiés : %1.</translation>
    </message>
    <message>
        <source>the source sent nothing for %1 s</source>
        <translation>la source n’a rien envoyé pendant %1 s</translation>
    </message>
    <message>
        <source>the source disconnected</source>
        <translation>la source s’est déconnectée</translation>
    </message>
    <message>
        <source>the source ended its upload</source>
        <translation>la source a terminé son envoi</translation>
    </message>
    <message>
        <source>the source sent a broken chunked body</source>
        <translation>la source a envoyé des blocs (chunked) défectueux</translation>
    </message>
    <message>
        <source>the source sent no sound for %1 s</source>
        <translation>la source n’a envoyé aucun son pendant %1 s</translation>
    </message>
    <message>
        <source>it sends %1, which cannot be broadcast: choose MP3, AAC or Ogg in the program</source>
        <translation>elle envoie %1, qui ne peut pas être diffusé : choisissez MP3, AAC ou Ogg dans le programme</translation>
    </message>
    <message>
        <source>what it sends is neither MP3 nor AAC nor Ogg: check the format in the program</source>
        <translation>ce qu’elle envoie n’est ni du MP3, ni de l’AAC, ni de l’Ogg : vérifiez le format dans le programme</translation>
    </message>
    <message>
        <source>what it sends is no sound any more: check the program</source>
        <translation>ce qu’elle envoie n’est plus du son : vérifiez le programme</translation>
    </message>
    <message>
        <source>it sent a megabyte without any sound in it: leave pictures and tags out in the program</source>
        <translation>elle a envoyé un mégaoctet sans aucun son : retirez les images et les étiquettes dans le programme</translation>
    </message>
    <message>
        <source>the header of its Ogg stream has %1 kB, 64 are allowed: leave the picture out in the program</source>
        <translation>l’en-tête de son flux Ogg fait %1 ko, 64 sont permis : retirez l’image dans le programme</translation>
    </message>
    <message>
        <source>another source took its place</source>
        <translation>une autre source a pris sa place</translation>
    </message>
    <message>
        <source>another source took over</source>
        <translation>une autre source a pris la suite</translation>
    </message>
    <message>
        <source>the station went off the air</source>
        <translation>la station a quitté l’antenne</translation>
    </message>
    <message>
        <source>removed by you</source>
        <translation>retiré par vous</translation>
    </message>
    <message>
        <source>removed by the admin</source>
        <translation>retiré par l’administrateur</translation>
    </message>
    <message>
        <source>What %1 sends is converted to %2.</source>
        <translation>Ce que %1 envoie est converti en %2.</translation>
    </message>
    <message>
        <source>What %1 sends could not be converted: %2.</source>
        <translation>Ce que %1 envoie n’a pas pu être converti : %2.</translation>
    </message>
    <message>
        <source>what it sends could not be converted: %1</source>
        <translation>ce qu’elle envoie n’a pas pu être converti : %1</translation>
    </message>
    <message>
        <source>The disk is too slow for the recording: a part of it will be missing. The stream goes on without fault.</source>
        <translation>Le disque est trop lent pour l’enregistrement : il en manquera une partie. Le flux continue sans défaut.</translation>
    </message>
    <message>
        <source>The recording has stopped: %1. What was recorded until then is in %2.</source>
        <translation>L’enregistrement s’est arrêté : %1. Ce qui a été enregistré jusque-là est dans %2.</translation>
    </message>
    <message>
        <source>The recording has stopped: the folder %1 cannot be made. Choose another one in the settings.</source>
        <translation>L’enregistrement s’est arrêté : le dossier %1 ne peut pas être créé. Choisissez-en un autre dans les réglages.</translation>
    </message>
    <message>
        <source>The recording has stopped: %1 cannot be written: %2.</source>
        <translation>L’enregistrement s’est arrêté : %1 ne peut pas être écrit : %2.</translation>
    </message>
    <message>
        <source>Waiting for the first sound.</source>
        <translation>En attente du premier son.</translation>
    </message>
    <message>
        <source>The built-in listener hears the programme.</source>
        <translation>L’auditeur intégré entend le programme.</translation>
    </message>
    <message>
        <source>Listeners hear silence: the sound has been mute for %1 s.</source>
        <translation>Les auditeurs entendent du silence : le son est muet depuis %1 s.</translation>
    </message>
    <message>
        <source>Listeners hear nothing: no audio has come for %1 s.</source>
        <translation>Les auditeurs n’entendent rien : aucun son n’est venu depuis %1 s.</translation>
    </message>
    <message>
        <source>Nobody can listen: the station does not answer on its own port.</source>
        <translation>Personne ne peut écouter : la station ne répond pas sur son propre port.</translation>
    </message>
    <message>
        <source>The titles that players get are not those of what plays.</source>
        <translation>Les titres que reçoivent les lecteurs ne sont pas ceux de ce qui passe.</translation>
    </message>
    <message>
        <source>Port %1 is already in use by another program; close it or choose another port.</source>
        <translation>Le port %1 est déjà utilisé par un autre programme ; fermez-le ou choisissez un autre port.</translation>
    </message>
    <message>
        <source>Port %1 needs administrator rights; choose a port from 1024 on.</source>
        <translation>Le port %1 demande les droits d’administrateur ; choisissez un port à partir de 1024.</translation>
    </message>
    <message>
        <source>Port %1 cannot be opened: %2.</source>
        <translation>Le port %1 ne peut pas être ouvert : %2.</translation>
    </message>
    <message>
        <source>This machine has no address %1 (server.host).</source>
        <translation>Cette machine n’a pas d’adresse %1 (server.host).</translation>
    </message>
    <message>
        <source>The address &quot;%1&quot; in server.host is not an IP address of this machine; use 0.0.0.0 for every address.</source>
        <translation>L’adresse « %1 » de server.host n’est pas une adresse IP de cette machine ; prenez 0.0.0.0 pour toutes.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>Le fichier %1 ne peut pas être lu : %2.</translation>
    </message>
    <message>
        <source>The file %1 is too large for a certificate.</source>
        <translation>Le fichier %1 est trop grand pour un certificat.</translation>
    </message>
    <message>
        <source>https is not possible here: Qt&apos;s TLS support (OpenSSL) is missing.</source>
        <translation>https n’est pas possible ici : la prise en charge TLS de Qt (OpenSSL) manque.</translation>
    </message>
    <message>
        <source>The file %1 contains no certificate: expected PEM text that begins with -----BEGIN CERTIFICATE-----.</source>
        <translation>Le fichier %1 ne contient pas de certificat : il faut un texte PEM qui commence par -----BEGIN CERTIFICATE-----.</translation>
    </message>
    <message>
        <source>The key in %1 has a pass phrase of its own; store it without one, readable by this user only.</source>
        <translation>La clé de %1 a son propre mot de passe ; enregistrez-la sans, lisible par cet utilisateur seul.</translation>
    </message>
    <message>
        <source>The key in %1 does not belong to the certificate in %2.</source>
        <translation>La clé de %1 ne va pas avec le certificat de %2.</translation>
    </message>
    <message>
        <source>The certificate expired on %1: players refuse it; renew it.</source>
        <translation>Le certificat a expiré le %1 : les lecteurs le refusent ; renouvelez-le.</translation>
    </message>
    <message>
        <source>The certificate is valid from %1 on only: check this computer&apos;s clock.</source>
        <translation>Le certificat n’est valable qu’à partir du %1 : vérifiez l’horloge de cet ordinateur.</translation>
    </message>
    <message>
        <source>The certificate expires on %1: renew it soon.</source>
        <translation>Le certificat expire le %1 : renouvelez-le bientôt.</translation>
    </message>
    <message>
        <source>Now playing: %1</source>
        <translation>À l’antenne : %1</translation>
    </message>
    <message>
        <source>Listener %1 joined: %2, %3.</source>
        <translation>Auditeur %1 arrivé : %2, %3.</translation>
    </message>
    <message>
        <source>Listener %1 (%2, %3) left: %4, %5 bytes.</source>
        <translation>Auditeur %1 (%2, %3) parti : %4, %5 octets.</translation>
    </message>
    <message>
        <source>Listener %1 (%2) was too slow and skipped ahead.</source>
        <translation>L’auditeur %1 (%2) était trop lent et a sauté en avant.</translation>
    </message>
    <message>
        <source>Refused %1, %2 (%3): %4</source>
        <translation>Refusé : %1, %2 (%3) : %4</translation>
    </message>
    <message>
        <source>Refused a title from %1: wrong user name or password.</source>
        <translation>Titre de %1 refusé : mauvais nom d’utilisateur ou mot de passe.</translation>
    </message>
    <message>
        <source>Recording into %1.</source>
        <translation>Enregistrement dans %1.</translation>
    </message>
    <message>
        <source>Read the settings again from %1.</source>
        <translation>Réglages relus dans %1.</translation>
    </message>
    <message>
        <source>First start: wrote %1 with a pass phrase of its own.</source>
        <translation>Premier démarrage : %1 écrit avec un mot de passe à lui.</translation>
    </message>
    <message>
        <source>%1 (%2) connected as live source.</source>
        <translation>%1 (%2) s’est connecté comme source en direct.</translation>
    </message>
    <message>
        <source>%1 left before any of it was heard: %2.</source>
        <translation>%1 est parti avant qu’on en entende quoi que ce soit : %2.</translation>
    </message>
    <message>
        <source>is %1: expected %2</source>
        <translation>vaut %1 ; attendu : %2</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected %2</source>
        <translation>vaut « %1 » ; attendu : %2</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>pas un nombre</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>de %1 à %2</translation>
    </message>
    <message>
        <source>%1 to %2 bytes</source>
        <translation>de %1 à %2 octets</translation>
    </message>
    <message>
        <source>%1, or -1 for automatic</source>
        <translation>%1, ou -1 pour automatique</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true ou false</translation>
    </message>
    <message>
        <source>text in quotes</source>
        <translation>du texte entre guillemets</translation>
    </message>
    <message>
        <source>contains a line break, a tab or another control character: remove it. If a backslash is meant, write it twice in the file, as in &quot;C:\\music\\new&quot;: single ones begin an escape such as \n (Cycast&apos;s own reader kept them)</source>
        <translation>contient un saut de ligne, une tabulation ou un autre caractère de contrôle : retirez-le. S’il faut une barre oblique inverse, écrivez-la deux fois dans le fichier, comme dans &quot;C:\\music\\new&quot; : une seule commence une séquence comme \n (le lecteur de Cycast les gardait)</translation>
    </message>
    <message>
        <source>has %1 characters: expected at most %2</source>
        <translation>a %1 caractères ; %2 au plus sont admis</translation>
    </message>
    <message>
        <source>is empty: expected an address such as 0.0.0.0 (every network) or 127.0.0.1 (this computer)</source>
        <translation>est vide : il faut une adresse comme 0.0.0.0 (tous les réseaux) ou 127.0.0.1 (cet ordinateur)</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected an address alone, such as 0.0.0.0 or 192.168.1.20, without http:// or a port</source>
        <translation>vaut « %1 » : il faut une adresse seule, comme 0.0.0.0 ou 192.168.1.20, sans http:// ni port</translation>
    </message>
    <message>
        <source>is %1, and so is server.source_port: expected two different ports, such as 8000 and 8001</source>
        <translation>vaut %1, et server.source_port aussi : il faut deux ports différents, comme 8000 et 8001</translation>
    </message>
    <message>
        <source>is &quot;hackme&quot;, which everybody knows, and server.host lets other computers connect: expected a pass phrase of your own, or server.host = &quot;127.0.0.1&quot;</source>
        <translation>vaut « hackme », que tout le monde connaît, et server.host laisse d’autres ordinateurs se connecter : prenez un mot de passe à vous, ou server.host = &quot;127.0.0.1&quot;</translation>
    </message>
    <message>
        <source>is &quot;hackme&quot;, which everybody knows. That is accepted because only this computer can connect; choose a pass phrase of your own before you open the station to others</source>
        <translation>vaut « hackme », que tout le monde connaît. C’est admis parce que seul cet ordinateur peut se connecter ; choisissez un mot de passe à vous avant d’ouvrir la station aux autres</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected a slash and a name, such as /stream</source>
        <translation>vaut « %1 » : il faut une barre oblique et un nom, comme /stream</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected no spaces, quotes or any of ? # &amp; % &lt; &gt; and backslash, as in /stream</source>
        <translation>vaut « %1 » : pas d’espaces, de guillemets, de barre oblique inverse ni aucun de ? # &amp; % &lt; &gt;, comme dans /stream</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: addresses that begin with %2 belong to the server; expected another name, such as /stream</source>
        <translation>vaut « %1 » : les adresses qui commencent par %2 sont au serveur ; prenez un autre nom, comme /stream</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected no . or .. between slashes</source>
        <translation>vaut « %1 » : pas de . ni de .. entre les barres obliques</translation>
    </message>
    <message>
        <source>is empty: expected a folder, such as ./music</source>
        <translation>est vide : il faut un dossier, comme ./music</translation>
    </message>
    <message>
        <source>is empty: expected at least one, such as [&quot;.mp3&quot;]</source>
        <translation>est vide : il en faut au moins une, comme [&quot;.mp3&quot;]</translation>
    </message>
    <message>
        <source>contains &quot;%1&quot;: expected file name extensions, such as &quot;.mp3&quot;</source>
        <translation>contient « %1 » : il faut des extensions de fichier, comme &quot;.mp3&quot;</translation>
    </message>
    <message>
        <source>is %1, and encoder.format is &quot;opus&quot;: expected 48000, the only rate of Opus</source>
        <translation>vaut %1, et encoder.format vaut « opus » : il faut 48000, la seule fréquence d’Opus</translation>
    </message>
    <message>
        <source>is %1: expected 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025 or 8000 Hz</source>
        <translation>vaut %1 ; attendu : 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025 ou 8000 Hz</translation>
    </message>
    <message>
        <source>is %1: MP3 at %2 Hz has %3 kbit/s; expected one of these</source>
        <translation>vaut %1 : le MP3 à %2 Hz a %3 kbit/s ; il faut l’un d’eux</translation>
    </message>
    <message>
        <source>is %1: expected at most %2 kbit/s with %3 at %4 Hz and %5</source>
        <translation>vaut %1 ; au plus %2 kbit/s avec %3 à %4 Hz et %5</translation>
    </message>
    <message>
        <source>needs a user name, a colon and a pass phrase in each of its texts, as in &quot;anna:blue river stone&quot;</source>
        <translation>demande dans chaque texte un nom d’utilisateur, un deux-points et un mot de passe, comme dans &quot;anna:blue river stone&quot;</translation>
    </message>
    <message>
        <source>contains a control character or more than 300 characters for &quot;%1&quot;</source>
        <translation>contient un caractère de contrôle ou plus de 300 caractères pour « %1 »</translation>
    </message>
    <message>
        <source>gives &quot;%1&quot; the pass phrase &quot;hackme&quot;, which everybody knows: expected another one</source>
        <translation>donne à « %1 » le mot de passe « hackme », que tout le monde connaît : prenez-en un autre</translation>
    </message>
    <message>
        <source>names the user &quot;%1&quot; twice (&quot;source&quot; and &quot;admin&quot; have settings of their own): expected a name for each</source>
        <translation>nomme deux fois l’utilisateur « %1 » (« source » et « admin » ont leurs propres réglages) : il faut un nom pour chacun</translation>
    </message>
    <message>
        <source>is &quot;hackme&quot;, which everybody knows: expected a pass phrase of your own, or nothing, which closes the admin pages</source>
        <translation>vaut « hackme », que tout le monde connaît : prenez un mot de passe à vous, ou rien, ce qui ferme les pages d’administration</translation>
    </message>
    <message>
        <source>is the same as server.source_password: whoever may go live can also send listeners away; choose another one</source>
        <translation>est le même que server.source_password : qui peut passer en direct peut aussi renvoyer des auditeurs ; prenez-en un autre</translation>
    </message>
    <message>
        <source>contains &quot;%1&quot;: expected addresses such as 127.0.0.1 or ::1, or subnets such as 10.0.0.0/8</source>
        <translation>contient « %1 » : il faut des adresses comme 127.0.0.1 ou ::1, ou des sous-réseaux comme 10.0.0.0/8</translation>
    </message>
    <message>
        <source>names a key, but server.tls_certificate is empty: expected both, or neither</source>
        <translation>nomme une clé, mais server.tls_certificate est vide : il faut les deux, ou aucun</translation>
    </message>
    <message>
        <source>The settings could not be saved to %1: %2. The file is as it was.</source>
        <translation>Les réglages n’ont pas pu être enregistrés dans %1 : %2. Le fichier est tel qu’il était.</translation>
    </message>
    <message>
        <source>%1 is no settings file of Icecast: it begins with &lt;%2&gt;.</source>
        <translation>%1 n’est pas un fichier de réglages d’Icecast : il commence par &lt;%2&gt;.</translation>
    </message>
    <message>
        <source>%1 holds none of the settings that are known here.</source>
        <translation>%1 ne contient aucun des réglages connus ici.</translation>
    </message>
    <message>
        <source>“%1” is not there: it was moved, renamed or deleted.</source>
        <translation>« %1 » n’est pas là : déplacé, renommé ou supprimé.</translation>
    </message>
    <message>
        <source>“%1” is a folder, not a file: add the files in it.</source>
        <translation>« %1 » est un dossier, pas un fichier : ajoutez les fichiers qu’il contient.</translation>
    </message>
    <message>
        <source>“%1” is a pipe or a device, not a file: only plain files can be played.</source>
        <translation>« %1 » est un tube ou un périphérique, pas un fichier : seuls les fichiers ordinaires peuvent être joués.</translation>
    </message>
    <message>
        <source>“%1” is empty: copy it again from where it came from.</source>
        <translation>« %1 » est vide : recopiez-le de là d’où il vient.</translation>
    </message>
    <message>
        <source>“%1” may not be read: change its permissions, or those of its folder.</source>
        <translation>« %1 » ne peut pas être lu : changez ses droits, ou ceux de son dossier.</translation>
    </message>
    <message>
        <source>“%1” could not be opened: too many files are open. Close other programs.</source>
        <translation>« %1 » n’a pas pu être ouvert : trop de fichiers sont ouverts. Fermez d’autres programmes.</translation>
    </message>
    <message>
        <source>“%1” could not be opened: %2.</source>
        <translation>« %1 » n’a pas pu être ouvert : %2.</translation>
    </message>
    <message>
        <source>“%1” is not music: nothing in it could be recognised as sound.</source>
        <translation>« %1 » n’est pas de la musique : rien n’y a été reconnu comme du son.</translation>
    </message>
    <message>
        <source>“%1” holds no sound.</source>
        <translation>« %1 » ne contient pas de son.</translation>
    </message>
    <message>
        <source>“%1” holds no MP3 sound: it is damaged or something else with this name.</source>
        <translation>« %1 » ne contient pas de son MP3 : il est endommagé ou c’est autre chose sous ce nom.</translation>
    </message>
    <message>
        <source>“%1” is a video without sound.</source>
        <translation>« %1 » est une vidéo sans son.</translation>
    </message>
    <message>
        <source>“%1” is protected (DRM): only the program it was bought with can play it.</source>
        <translation>« %1 » est protégé (DRM) : seul le programme avec lequel il a été acheté peut le jouer.</translation>
    </message>
    <message>
        <source>“%1” is copy-protected: only the program of the shop that sold it can play it. Use an unprotected copy.</source>
        <translation>« %1 » est protégé contre la copie : seul le programme de la boutique qui l’a vendu peut le jouer. Prenez une copie sans protection.</translation>
    </message>
    <message>
        <source>“%1” cannot be played: there is no decoder for %2 here. Convert it to FLAC or MP3.</source>
        <translation>« %1 » ne peut pas être joué : il n’y a pas de décodeur pour %2 ici. Convertissez-le en FLAC ou en MP3.</translation>
    </message>
    <message>
        <source>“%1” cannot be played: its format (%2) is not known here.</source>
        <translation>« %1 » ne peut pas être joué : son format (%2) est inconnu ici.</translation>
    </message>
    <message>
        <source>“%1” cannot be played: what it says about its format makes no sense.</source>
        <translation>« %1 » ne peut pas être joué : ce qu’il dit de son format n’a pas de sens.</translation>
    </message>
    <message>
        <source>“%1” cannot be played: %2.</source>
        <translation>« %1 » ne peut pas être joué : %2.</translation>
    </message>
    <message>
        <source>“%1” is damaged: no sound in it could be decoded.</source>
        <translation>« %1 » est endommagé : aucun son n’a pu y être décodé.</translation>
    </message>
    <message>
        <source>“%1” is damaged: there is no sound in it from %2 MB on.</source>
        <translation>« %1 » est endommagé : il n’y a plus de son à partir de %2 Mo.</translation>
    </message>
    <message>
        <source>“%1” is damaged in a way that ends the decoder. Convert it with another program, or get it again.</source>
        <translation>« %1 » est endommagé au point d’arrêter le décodeur. Convertissez-le avec un autre programme, ou procurez-le-vous à nouveau.</translation>
    </message>
    <message>
        <source>“%1” was left out: its decoder did not get on with it. Check the disk it is on, or get it again.</source>
        <translation>« %1 » a été laissé de côté : le décodeur n’avançait pas. Vérifiez le disque où il est, ou procurez-le-vous à nouveau.</translation>
    </message>
    <message>
        <source>“%1” could not be read on: %2. Check the disk it is on.</source>
        <translation>« %1 » n’a pas pu être lu jusqu’au bout : %2. Vérifiez le disque où il est.</translation>
    </message>
    <message>
        <source>“%1” is not a playlist: it holds no text. Choose an M3U, PLS, XSPF or CUE file.</source>
        <translation>« %1 » n’est pas une liste : il ne contient pas de texte. Choisissez un fichier M3U, PLS, XSPF ou CUE.</translation>
    </message>
    <message>
        <source>“%1” describes an internet stream in pieces (HLS), not a list of music files.</source>
        <translation>« %1 » décrit un flux internet en morceaux (HLS), pas une liste de fichiers de musique.</translation>
    </message>
    <message>
        <source>“%1” could not be read as a playlist, %2</source>
        <translation>« %1 » n’a pas pu être lu comme une liste, %2</translation>
    </message>
    <message>
        <source>“%1” is too large for a playlist (more than 64 MB).</source>
        <translation>« %1 » est trop grand pour une liste (plus de 64 Mo).</translation>
    </message>
    <message>
        <source>“%1” is a network place of a Windows computer; add the file from where it is on this one</source>
        <translation>« %1 » est un emplacement réseau d’un ordinateur Windows ; ajoutez le fichier de là où il est sur celui-ci</translation>
    </message>
    <message>
        <source>“%1” is a place on a Windows computer; add the file from where it is on this one</source>
        <translation>« %1 » est un emplacement d’un ordinateur Windows ; ajoutez le fichier de là où il est sur celui-ci</translation>
    </message>
    <message>
        <source>“%1” names no file</source>
        <translation>« %1 » ne nomme aucun fichier</translation>
    </message>
    <message>
        <source>The folder “%1” may not be read: change its permissions.</source>
        <translation>Le dossier « %1 » ne peut pas être lu : changez ses droits.</translation>
    </message>
    <message>
        <source>The playlist could not be saved to %1: %2.</source>
        <translation>La liste n’a pas pu être enregistrée dans %1 : %2.</translation>
    </message>
    <message>
        <source>... and %1 more problems of this kind.</source>
        <translation>… et %1 autres problèmes de ce genre.</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>ligne %1 : %2</translation>
    </message>
    <message>
        <source>Only the first %1 folders are watched for new files.</source>
        <translation>Seuls les %1 premiers dossiers sont surveillés pour de nouveaux fichiers.</translation>
    </message>
    <message>
        <source>It lasts %1 s only: is it the whole track?</source>
        <translation>Il ne dure que %1 s : est-ce le morceau entier ?</translation>
    </message>
    <message>
        <source>It ends with %1 s of silence, which listeners take for a fault.</source>
        <translation>Il finit par %1 s de silence, que les auditeurs prennent pour un défaut.</translation>
    </message>
    <message>
        <source>It is far too loud (%1 LUFS): it is probably distorted already.</source>
        <translation>C’est beaucoup trop fort (%1 LUFS) : sans doute déjà saturé.</translation>
    </message>
    <message>
        <source>It is far too quiet (%1 LUFS): raising it would raise its noise too.</source>
        <translation>C’est beaucoup trop faible (%1 LUFS) : le monter monterait aussi son bruit.</translation>
    </message>
    <message>
        <source>too many wrong passwords came from this address, and too many tries are waiting for their turn; try again in %1 s with the right one.</source>
        <translation>trop de mots de passe erronés sont venus de cette adresse, et trop d’essais attendent leur tour ; réessayez dans %1 s avec le bon.</translation>
    </message>
    <message>
        <source>“%1” is an internet address, and only files can be played: save it on this computer, then add it.</source>
        <translation>«&#xa0;%1&#xa0;» est une adresse Internet, et seuls des fichiers peuvent être lus&#xa0;: enregistrez-le sur cet ordinateur, puis ajoutez-le.</translation>
    </message>
    <message>
        <source>“%1” is on another computer or device: mount it (open it in your file manager), then add it from its folder there.</source>
        <translation>«&#xa0;%1&#xa0;» se trouve sur un autre ordinateur ou appareil&#xa0;: montez-le (ouvrez-le dans le gestionnaire de fichiers), puis ajoutez-le depuis son dossier.</translation>
    </message>
    <message>
        <source>%1 more lines about listeners were left out.</source>
        <translation>%1 autres lignes sur les auditeurs ont été omises.</translation>
    </message>
    <message>
        <source>%1 more lines about live sources were left out.</source>
        <translation>%1 autres lignes sur les sources en direct ont été omises.</translation>
    </message>
    <message>
        <source>this station has no pass phrase for live sources yet; its owner adds a line such as source_password = &quot;...&quot; to the block server of its settings file.</source>
        <translation>cette station n’a pas encore de mot de passe pour les sources en direct ; son propriétaire ajoute une ligne comme source_password = &quot;...&quot; au bloc server de son fichier de réglages.</translation>
    </message>
    <message>
        <source>There are no settings that could be used.</source>
        <translation>Il n’y a pas de réglages utilisables.</translation>
    </message>
    <message>
        <source>is empty, so live sources are refused: expected a line such as source_password = &quot;...&quot; in the block server, with a pass phrase of your own</source>
        <translation>est vide, les sources en direct sont donc refusées : une ligne comme source_password = &quot;...&quot; est attendue dans le bloc server, avec votre propre mot de passe</translation>
    </message>
    <message>
        <source>“%1” does not answer: the disk it is on hangs, or its network is gone. It is tried again later.</source>
        <translation>« %1 » ne répond pas : son disque est bloqué ou son réseau a disparu. Un nouvel essai aura lieu plus tard.</translation>
    </message>
    <message>
        <source>“%1” is damaged in a way that misleads the decoder.</source>
        <translation>« %1 » est abîmé d’une façon qui égare le décodeur.</translation>
    </message>
    <message>
        <source>“%1” was not looked into to its end: that takes longer than any music does, or its disk does not answer.</source>
        <translation>« %1 » n’a pas été examiné jusqu’au bout : cela dure plus longtemps que pour toute musique, ou son disque ne répond pas.</translation>
    </message>
    <message>
        <source>“%1” was cut off: its decoder, cycast-codec, was ended from outside. It is tried again.</source>
        <translation>« %1 » a été coupé : son décodeur, cycast-codec, a été arrêté de l’extérieur. Un nouvel essai a lieu.</translation>
    </message>
    <message>
        <source>“%1” could not be handed over: too many files are open.</source>
        <translation>« %1 » n’a pas pu être transmis : trop de fichiers sont ouverts.</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected an address that begins with http:// or https://, or nothing</source>
        <translation>vaut « %1 » : il faut une adresse qui commence par http:// ou https://, ou rien</translation>
    </message>
    <message>
        <source>names a certificate, but server.tls_certificate is empty: the first one belongs there</source>
        <translation>nomme un certificat, mais server.tls_certificate est vide : le premier va là</translation>
    </message>
    <message>
        <source>names a key, but server.tls_second_certificate is empty: expected both, or neither</source>
        <translation>nomme une clé, mais server.tls_second_certificate est vide : les deux, ou aucun</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected processors by number, such as &quot;0,2-3&quot;, or nothing for all of them</source>
        <translation>est « %1 » : des processeurs par numéro sont attendus, comme « 0,2-3 », ou rien pour tous</translation>
    </message>
    <message>
        <source>“%1” cannot be sent as it is.</source>
        <translation>« %1 » ne peut pas être diffusé tel quel.</translation>
    </message>
    <message>
        <source>“%1” is damaged, or changes its format within.</source>
        <translation>« %1 » est endommagé ou change de format en cours de route.</translation>
    </message>
    <message>
        <source>what comes is no sound that can be recognised</source>
        <translation>ce qui arrive n’est pas un son reconnaissable</translation>
    </message>
    <message>
        <source>the program cycast-codec, which decodes and encodes, is missing: install Cycast Desktop again</source>
        <translation>le programme cycast-codec, qui décode et encode, est absent : réinstallez Cycast Desktop</translation>
    </message>
    <message>
        <source>there is no descriptor left for cycast-codec: %1</source>
        <translation>il ne reste plus de descripteur pour cycast-codec : %1</translation>
    </message>
    <message>
        <source>%1 could not be started: %2</source>
        <translation>%1 n’a pas pu être lancé : %2</translation>
    </message>
    <message>
        <source>this system cannot run cycast-codec</source>
        <translation>ce système ne peut pas exécuter cycast-codec</translation>
    </message>
    <message>
        <source>cycast-codec could not begin; install Cycast Desktop again</source>
        <translation>cycast-codec n’a pas pu commencer ; réinstallez Cycast Desktop</translation>
    </message>
    <message>
        <source>“%1” could not be measured in time</source>
        <translation>« %1 » n’a pas pu être mesuré à temps</translation>
    </message>
    <message>
        <source>FFmpeg on this computer comes without the encoder %1</source>
        <translation>le FFmpeg de cet ordinateur ne contient pas l’encodeur %1</translation>
    </message>
    <message>
        <source>%1 refuses %2 kbit/s at %3 Hz</source>
        <translation>%1 refuse %2 kbit/s à %3 Hz</translation>
    </message>
    <message>
        <source>there is not enough memory to encode</source>
        <translation>la mémoire ne suffit pas pour encoder</translation>
    </message>
    <message>
        <source>There is not enough memory to measure a file.</source>
        <translation>La mémoire ne suffit pas pour mesurer un fichier.</translation>
    </message>
    <message>
        <source>%1 cannot be converted</source>
        <translation>%1 ne peut pas être converti</translation>
    </message>
    <message>
        <source>it could not be decoded in time</source>
        <translation>le décodage n’a pas pu suivre</translation>
    </message>
    <message>
        <source>its decoder has ended</source>
        <translation>son décodeur s’est arrêté</translation>
    </message>
    <message>
        <source>There is no settings file %1.</source>
        <translation>Il n’y a pas de fichier de réglages %1.</translation>
    </message>
    <message>
        <source>%1 is no file: expected a settings file such as config.hcl.</source>
        <translation>%1 n’est pas un fichier : un fichier de réglages tel que config.hcl est attendu.</translation>
    </message>
    <message>
        <source>%1 is larger than 4 MB: that is no settings file.</source>
        <translation>%1 dépasse 4 Mo : ce n’est pas un fichier de réglages.</translation>
    </message>
    <message>
        <source>The settings file %1 cannot be read: %2.</source>
        <translation>Le fichier de réglages %1 ne peut pas être lu : %2.</translation>
    </message>
    <message>
        <source>The settings file %1 is there already; it was left as it is.</source>
        <translation>Le fichier de réglages %1 existe déjà ; il est resté tel quel.</translation>
    </message>
    <message>
        <source>The settings file %1 cannot be made: %2.</source>
        <translation>Le fichier de réglages %1 ne peut pas être créé : %2.</translation>
    </message>
    <message>
        <source>The settings file %1 is empty.</source>
        <translation>Le fichier de réglages %1 est vide.</translation>
    </message>
    <message>
        <source>Everybody on this computer can read the pass phrases in %1: chmod 600 it, or let its group alone read it.</source>
        <translation>Tout le monde sur cet ordinateur peut lire les mots de passe dans %1 : appliquez-lui chmod 600, ou laissez son groupe seul le lire.</translation>
    </message>
    <message>
        <source>%1 Nothing was saved.</source>
        <translation>%1 Rien n’a été enregistré.</translation>
    </message>
    <message>
        <source>%1 Correct the file first; nothing was saved.</source>
        <translation>%1 Corrigez d’abord le fichier ; rien n’a été enregistré.</translation>
    </message>
    <message>
        <source>%1 Correct this first; nothing was saved.</source>
        <translation>%1 Corrigez d’abord cela ; rien n’a été enregistré.</translation>
    </message>
    <message>
        <source>Choose Icecast 2 as the type of server in your program.</source>
        <translation>Choisissez Icecast 2 comme type de serveur dans votre programme.</translation>
    </message>
    <message>
        <source>Switch TLS (SSL) off in your program, or give this station a certificate (server.tls_certificate).</source>
        <translation>Désactivez TLS (SSL) dans votre programme, ou donnez un certificat à cette station (server.tls_certificate).</translation>
    </message>
    <message>
        <source>This is %1, which is not spoken here: choose Icecast 2 as the type of server in your program.</source>
        <translation>C’est du %1, qui n’est pas parlé ici : choisissez Icecast 2 comme type de serveur dans votre programme.</translation>
    </message>
    <message>
        <source>Look for odd characters and very long texts in your program&apos;s settings for this server (name, description, genre, mount); if there are none, choose Icecast 2 as its type.</source>
        <translation>Cherchez des caractères inhabituels et des textes très longs dans les réglages de votre programme pour ce serveur (nom, description, genre, point de montage) ; s’il n’y en a pas, choisissez Icecast 2 comme type.</translation>
    </message>
    <message>
        <source>TLS cannot be used: %1.</source>
        <translation>TLS ne peut pas être utilisé : %1.</translation>
    </message>
    <message>
        <source>The certificate for &quot;%1&quot; cannot be used: %2.</source>
        <translation>Le certificat de « %1 » ne peut pas être utilisé : %2.</translation>
    </message>
    <message>
        <source>The file %1 contains no private key: expected PEM text that begins with -----BEGIN PRIVATE KEY-----, or another file in server.tls_key.</source>
        <translation>Le fichier %1 ne contient pas de clé privée : un texte PEM commençant par -----BEGIN PRIVATE KEY----- est attendu, ou un autre fichier dans server.tls_key.</translation>
    </message>
    <message>
        <source>The file %1 contains no private key: expected PEM text that begins with -----BEGIN PRIVATE KEY-----.</source>
        <translation>Le fichier %1 ne contient pas de clé privée : un texte PEM commençant par -----BEGIN PRIVATE KEY----- est attendu.</translation>
    </message>
    <message>
        <source>This port speaks no TLS. %1</source>
        <translation>Ce port ne parle pas TLS. %1</translation>
    </message>
    <message>
        <source>disconnected</source>
        <translation>s’est déconnecté</translation>
    </message>
    <message>
        <source>the connection was lost</source>
        <translation>la connexion a été perdue</translation>
    </message>
    <message>
        <source>did not read for a minute</source>
        <translation>n’a rien lu pendant une minute</translation>
    </message>
    <message>
        <source>never read anything</source>
        <translation>n’a jamais rien lu</translation>
    </message>
    <message>
        <source>banned</source>
        <translation>banni</translation>
    </message>
    <message>
        <source>the stream changed to another format</source>
        <translation>le flux est passé à un autre format</translation>
    </message>
    <message>
        <source>“%1” is given twice; the first one counts</source>
        <translation>« %1 » est donné deux fois ; le premier compte</translation>
    </message>
    <message>
        <source>The demo music could not be written to “%1”: %2.</source>
        <translation>La musique de démonstration n’a pas pu être écrite dans « %1 » : %2.</translation>
    </message>
    <message>
        <source>the folder could not be created; choose another one</source>
        <translation>le dossier n’a pas pu être créé ; choisissez-en un autre</translation>
    </message>
    <message>
        <source>%1 holds no audio that can be played.</source>
        <translation>%1 ne contient pas de son qui puisse être lu.</translation>
    </message>
    <message>
        <source>its decoder gives nothing</source>
        <translation>son décodeur ne donne rien</translation>
    </message>
    <message>
        <source>Nothing can be encoded: %1.</source>
        <translation>Rien ne peut être encodé : %1.</translation>
    </message>
    <message>
        <source>The folder %1 for the settings cannot be made. Check its place and your rights there.</source>
        <translation>Le dossier %1 pour les réglages ne peut pas être créé. Vérifiez son emplacement et vos droits.</translation>
    </message>
    <message>
        <source>The system watches no more folders: what is new in “%1” will not be noticed.</source>
        <translation>Le système ne surveille plus d’autres dossiers : ce qui est nouveau dans « %1 » ne sera pas remarqué.</translation>
    </message>
    <message>
        <source>A key for https cannot be made: %1.</source>
        <translation>Impossible de créer une clé pour https : %1.</translation>
    </message>
    <message>
        <source>The key for https cannot be read: %1.</source>
        <translation>Impossible de lire la clé pour https : %1.</translation>
    </message>
    <message>
        <source>The certificate authority does not answer. Look whether this computer is connected to the internet; it is asked again by itself.</source>
        <translation>L’autorité de certification ne répond pas. Vérifiez que cet ordinateur est relié à internet ; elle sera de nouveau interrogée d’elle-même.</translation>
    </message>
    <message>
        <source>The authority did not find this station at port 80 of %1. Let your router lead port 80 from outside to the listeners’ port of this computer, and look whether %1 leads to your own address.</source>
        <translation>L’autorité n’a pas trouvé cette station au port 80 de %1. Faites diriger par votre routeur le port 80, de l’extérieur, vers le port des auditeurs de cet ordinateur, et vérifiez que %1 mène à votre propre adresse.</translation>
    </message>
    <message>
        <source>The authority did not find this station at port 443 of %1. Let your router lead port 443 from outside to the listeners’ port of this computer, and look whether %1 leads to your own address.</source>
        <translation>L’autorité n’a pas trouvé cette station au port 443 de %1. Faites diriger par votre routeur le port 443, de l’extérieur, vers le port des auditeurs de cet ordinateur, et vérifiez que %1 mène à votre propre adresse.</translation>
    </message>
    <message>
        <source>The authority has been asked too often. It is asked again by itself when it allows that; until then nothing helps but waiting.</source>
        <translation>L’autorité a été interrogée trop souvent. Elle le sera de nouveau d’elle-même quand elle le permettra ; d’ici là, il faut attendre.</translation>
    </message>
    <message>
        <source>The authority does not issue a certificate for %1.</source>
        <translation>L’autorité ne délivre pas de certificat pour %1.</translation>
    </message>
    <message>
        <source>The authority could not be understood. It is asked again by itself.</source>
        <translation>L’autorité n’a pas pu être comprise. Elle sera de nouveau interrogée d’elle-même.</translation>
    </message>
    <message>
        <source>It is not known under which name or address people outside reach the station: enter it as public address.</source>
        <translation>On ne sait pas sous quel nom ou quelle adresse la station est joignable de l’extérieur : saisissez-le comme adresse publique.</translation>
    </message>
    <message>
        <source>The last attempt to get a certificate has failed. It is tried again by itself.</source>
        <translation>La dernière tentative d’obtenir un certificat a échoué. Une autre aura lieu d’elle-même.</translation>
    </message>
    <message>
        <source>A key is made.</source>
        <translation>Une clé est créée.</translation>
    </message>
    <message>
        <source>A rehearsal: the authority is asked for nothing yet.</source>
        <translation>Une répétition : rien n’est encore demandé à l’autorité.</translation>
    </message>
    <message>
        <source>The authority is asked for a certificate.</source>
        <translation>Un certificat est demandé à l’autorité.</translation>
    </message>
    <message>
        <source>The clock of this computer is wrong by about %1 hours. Set it right and try again.</source>
        <translation>L’horloge de cet ordinateur est décalée d’environ %1 heures. Mettez-la à l’heure et réessayez.</translation>
    </message>
    <message>
        <source>The authority looks for this station at port 80.</source>
        <translation>L’autorité cherche cette station au port 80.</translation>
    </message>
    <message>
        <source>The authority looks for this station at port 443.</source>
        <translation>L’autorité cherche cette station au port 443.</translation>
    </message>
    <message>
        <source>The file %1 cannot be written: %2.</source>
        <translation>Le fichier %1 ne peut pas être écrit : %2.</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected the directory address of an authority, which begins with https://</source>
        <translation>est « %1 » : l’adresse d’annuaire d’une autorité est attendue, qui commence par https://</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected an address such as https://radio.example.org or http://203.0.113.7:8001, or nothing</source>
        <translation>est « %1 » : une adresse telle que https://radio.example.org ou http://203.0.113.7:8001 est attendue, ou rien</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;, which people outside of your network cannot reach; no directory is told of it</source>
        <translation>est « %1 », injoignable hors de votre réseau ; elle n’est indiquée à aucun annuaire</translation>
    </message>
    <message>
        <source>is no address that can be called: expected one that begins with https:// or http://, with {ip} or {ip6} in the place of the address</source>
        <translation>n’est pas une adresse que l’on puisse appeler : une adresse qui commence par https:// ou http:// est attendue, avec {ip} ou {ip6} à la place de l’adresse</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected the address of a directory, such as http://dir.xiph.org/cgi-bin/yp-cgi</source>
        <translation>est « %1 » : l’adresse d’un annuaire est attendue, telle que http://dir.xiph.org/cgi-bin/yp-cgi</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected two letters such as DE, or with a part of the country DE-HH</source>
        <translation>est « %1 » : deux lettres telles que DE sont attendues, ou avec une partie du pays DE-HH</translation>
    </message>
    <message>
        <source>contains &quot;%1&quot;: expected two or three letters each, such as de or en</source>
        <translation>contient « %1 » : deux ou trois lettres sont attendues chaque fois, telles que de ou en</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected latitude and longitude, such as 53.55,9.99</source>
        <translation>est « %1 » : la latitude et la longitude sont attendues, telles que 53.55,9.99</translation>
    </message>
    <message>
        <source>is &quot;%1&quot;: expected a name or an address that leads here from everywhere, such as radio.example.org, or nothing</source>
        <translation>est « %1 » : un nom ou une adresse qui mène ici de partout est attendu, tel que radio.example.org, ou rien</translation>
    </message>
    <message>
        <source>is empty: expected the directory address of an authority, which begins with https://</source>
        <translation>est vide : l’adresse d’annuaire d’une autorité est attendue, qui commence par https://</translation>
    </message>
    <message>
        <source>It is not known yet that people outside can reach the station.</source>
        <translation>On ne sait pas encore si la station est joignable de l’extérieur.</translation>
    </message>
    <message>
        <source>The public address is one that works at home only, so no directory is told of it.</source>
        <translation>L’adresse publique ne fonctionne que chez vous ; elle n’est donc indiquée à aucun annuaire.</translation>
    </message>
    <message>
        <source>The station is off the air.</source>
        <translation>La station n’est pas à l’antenne.</translation>
    </message>
    <message>
        <source>Your router has opened a port. %1</source>
        <translation>Votre routeur a ouvert un port. %1</translation>
    </message>
    <message>
        <source>Your router has closed the port again. %1</source>
        <translation>Votre routeur a refermé le port. %1</translation>
    </message>
    <message>
        <source>Your router had forgotten the open port; it was asked for it again.</source>
        <translation>Votre routeur avait oublié le port ouvert ; il lui a été redemandé.</translation>
    </message>
    <message>
        <source>The port of the router has been given back.</source>
        <translation>Le port du routeur a été rendu.</translation>
    </message>
    <message>
        <source>%1 error %2</source>
        <translation>erreur %2 de %1</translation>
    </message>
    <message>
        <source>Your router at %1 answers and does not allow it (%2): automatic port opening is switched off in it. Switch on UPnP in the router, or pass TCP port %3 on to %4 there.</source>
        <translation>Votre routeur à %1 répond et ne le permet pas (%2) : l&apos;ouverture automatique des ports y est désactivée. Activez UPnP dans le routeur, ou redirigez-y le port TCP %3 vers %4.</translation>
    </message>
    <message>
        <source>Another device uses port %1 of your router at %2, and the ports that were tried instead are taken as well. Choose another port for listeners.</source>
        <translation>Un autre appareil utilise le port %1 de votre routeur à %2, et les ports essayés à sa place sont pris aussi. Choisissez un autre port pour les auditeurs.</translation>
    </message>
    <message>
        <source>Your router at %1 has no room for another open port (%2). Remove one there that is no longer needed, then look again.</source>
        <translation>Votre routeur à %1 n&apos;a plus de place pour un autre port ouvert (%2). Retirez-y un port devenu inutile, puis regardez à nouveau.</translation>
    </message>
    <message>
        <source>A rule that was set by hand in your router at %1 is in the way of port %2 (%3). Change it there, so that it leads to %4.</source>
        <translation>Une règle mise à la main dans votre routeur à %1 gêne le port %2 (%3). Changez-la pour qu&apos;elle mène à %4.</translation>
    </message>
    <message>
        <source>Your router at %1 said that it opened port %2, and then knew nothing of it. Pass TCP port %2 on to %3 there.</source>
        <translation>Votre routeur à %1 a dit avoir ouvert le port %2, puis n&apos;en savait rien. Redirigez-y le port TCP %2 vers %3.</translation>
    </message>
    <message>
        <source>Your router at %1 was asked to open port %2 and did not answer in time. Look again, or switch it off and on.</source>
        <translation>Votre routeur à %1 devait ouvrir le port %2 et n&apos;a pas répondu à temps. Regardez à nouveau, ou éteignez-le et rallumez-le.</translation>
    </message>
    <message>
        <source>Your router at %1 did not open port %2 (%3). Pass TCP port %2 on to %4 there.</source>
        <translation>Votre routeur à %1 n&apos;a pas ouvert le port %2 (%3). Redirigez-y le port TCP %2 vers %4.</translation>
    </message>
    <message>
        <source>Your provider shares one IPv4 address among many customers: %1. Nobody outside can come in by IPv4, whatever is set in the router; ask the provider for an address of your own.</source>
        <translation>Votre fournisseur partage une adresse IPv4 entre de nombreux clients : %1. Personne du dehors ne peut entrer par IPv4, quel que soit le réglage du routeur ; demandez au fournisseur une adresse à vous.</translation>
    </message>
    <message>
        <source>There are two routers in a row: %1. Set the one in front to bridge mode, or let the other one pass the port on to it.</source>
        <translation>Il y a deux routeurs à la suite : %1. Mettez celui de devant en mode pont, ou laissez l&apos;autre lui rediriger le port.</translation>
    </message>
    <message>
        <source>your router at %1 has the address %2 itself</source>
        <translation>votre routeur à %1 a lui-même l&apos;adresse %2</translation>
    </message>
    <message>
        <source>your router at %1 says that it has no public address, and behind it comes %2</source>
        <translation>votre routeur à %1 dit n&apos;avoir aucune adresse publique, et derrière lui vient %2</translation>
    </message>
    <message>
        <source>Your router at %1 says that it has no public IPv4 address. Look at its line, or ask the provider for an address of your own.</source>
        <translation>Votre routeur à %1 dit n&apos;avoir aucune adresse IPv4 publique. Vérifiez sa ligne, ou demandez au fournisseur une adresse à vous.</translation>
    </message>
    <message>
        <source>this computer has the address %1</source>
        <translation>cet ordinateur a l&apos;adresse %1</translation>
    </message>
    <message>
        <source>Your router at %1 answers neither UPnP nor NAT-PMP nor PCP. Switch on UPnP in it, or pass TCP port %2 on to %3 there.</source>
        <translation>Votre routeur à %1 ne répond ni à UPnP, ni à NAT-PMP, ni à PCP. Activez-y UPnP, ou redirigez-y le port TCP %2 vers %3.</translation>
    </message>
    <message>
        <source>The device at %1 uses port %2 of your router already. Your router can open another port for you.</source>
        <translation>L&apos;appareil à %1 utilise déjà le port %2 de votre routeur. Votre routeur peut vous ouvrir un autre port.</translation>
    </message>
    <message>
        <source>Your router at %1 can open port %2 for you: it answers %3.</source>
        <translation>Votre routeur à %1 peut vous ouvrir le port %2 : il répond à %3.</translation>
    </message>
    <message>
        <source>Your router can open port %1 for listeners with IPv6; there is no IPv4 here.</source>
        <translation>Votre routeur peut ouvrir le port %1 aux auditeurs en IPv6 ; il n&apos;y a pas d&apos;IPv4 ici.</translation>
    </message>
    <message>
        <source>This computer has IPv6 only (%1), and the router does not say that it lets anybody in. Allow TCP port %2 to this address in its IPv6 firewall.</source>
        <translation>Cet ordinateur n&apos;a qu&apos;IPv6 (%1), et le routeur ne dit pas qu&apos;il laisse entrer quelqu&apos;un. Autorisez le port TCP %2 vers cette adresse dans son pare-feu IPv6.</translation>
    </message>
    <message>
        <source>Nothing answers at port %1 of this computer. Go on the air, then look again.</source>
        <translation>Rien ne répond au port %1 de cet ordinateur. Passez à l&apos;antenne, puis regardez à nouveau.</translation>
    </message>
    <message>
        <source>Another program answers at port %1 of this computer. Choose another port for listeners.</source>
        <translation>Un autre programme répond au port %1 de cet ordinateur. Choisissez un autre port pour les auditeurs.</translation>
    </message>
    <message>
        <source>The station listens on this computer only: server.host is %1.</source>
        <translation>La station n&apos;écoute que sur cet ordinateur : server.host est %1.</translation>
    </message>
    <message>
        <source>This computer has no network address. Connect it to your router, then look again.</source>
        <translation>Cet ordinateur n&apos;a pas d&apos;adresse réseau. Reliez-le à votre routeur, puis regardez à nouveau.</translation>
    </message>
    <message>
        <source>The station answers at 127.0.0.1, and not at %1, port %2. Something on this computer keeps the port closed, or server.host is another address.</source>
        <translation>La station répond à 127.0.0.1, mais pas à %1, port %2. Quelque chose sur cet ordinateur tient le port fermé, ou server.host est une autre adresse.</translation>
    </message>
    <message>
        <source>The firewall of this computer (%1) turns port %2 away. Allow it.</source>
        <translation>Le pare-feu de cet ordinateur (%1) refuse le port %2. Autorisez-le.</translation>
    </message>
    <message>
        <source>A firewall (%1) is on in this computer, and whether it lets port %2 in cannot be seen from here. Allow it, or try with a phone.</source>
        <translation>Un pare-feu (%1) est actif sur cet ordinateur, et on ne voit pas d&apos;ici s&apos;il laisse entrer le port %2. Autorisez-le, ou essayez avec un téléphone.</translation>
    </message>
    <message>
        <source>somebody at %1 has listened</source>
        <translation>quelqu&apos;un à %1 a écouté</translation>
    </message>
    <message>
        <source>this computer has a public address itself</source>
        <translation>cet ordinateur a lui-même une adresse publique</translation>
    </message>
    <message>
        <source>your router at %1 passes port %2 on to this computer (%3)</source>
        <translation>votre routeur à %1 redirige le port %2 vers cet ordinateur (%3)</translation>
    </message>
    <message>
        <source>Everybody can listen: %1.</source>
        <translation>Tout le monde peut écouter : %1.</translation>
    </message>
    <message>
        <source>Everybody can listen at %1: %2.</source>
        <translation>Tout le monde peut écouter à %1 : %2.</translation>
    </message>
    <message>
        <source>your router lets port %1 in (%2)</source>
        <translation>votre routeur laisse entrer le port %1 (%2)</translation>
    </message>
    <message>
        <source>your router says that it blocks nothing</source>
        <translation>votre routeur dit qu&apos;il ne bloque rien</translation>
    </message>
    <message>
        <source>Everybody who has IPv6 can listen at %1: %2.</source>
        <translation>Tous ceux qui ont IPv6 peuvent écouter à %1 : %2.</translation>
    </message>
    <message>
        <source>%1 By IPv4 nobody can: %2</source>
        <translation>%1 Par IPv4, personne ne le peut : %2</translation>
    </message>
    <message>
        <source>%1 Your router can let in those who have IPv6.</source>
        <translation>%1 Votre routeur peut laisser entrer ceux qui ont IPv6.</translation>
    </message>
    <message>
        <source>This network has no router: those in it can listen at %1, and there is no way in for anybody else.</source>
        <translation>Ce réseau n&apos;a pas de routeur : ceux qui y sont peuvent écouter à %1, et il n&apos;y a pas d&apos;entrée pour les autres.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Cet ordinateur</translation>
    </message>
    <message>
        <source>The station answers at port %1.</source>
        <translation>La station répond au port %1.</translation>
    </message>
    <message>
        <source>Another program answers at port %1.</source>
        <translation>Un autre programme répond au port %1.</translation>
    </message>
    <message>
        <source>Nothing answers at port %1.</source>
        <translation>Rien ne répond au port %1.</translation>
    </message>
    <message>
        <source>The station answers at %1.</source>
        <translation>La station répond à %1.</translation>
    </message>
    <message>
        <source>Nothing answers at %1.</source>
        <translation>Rien ne répond à %1.</translation>
    </message>
    <message>
        <source>No answer came from %1: something swallows it.</source>
        <translation>Aucune réponse de %1 : quelque chose l&apos;avale.</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Aucune.</translation>
    </message>
    <message>
        <source>None was seen.</source>
        <translation>Aucun n&apos;a été vu.</translation>
    </message>
    <message>
        <source>%1 lets the port in.</source>
        <translation>%1 laisse entrer le port.</translation>
    </message>
    <message>
        <source>%1 turns the port away.</source>
        <translation>%1 refuse le port.</translation>
    </message>
    <message>
        <source>%1 is on; its rules cannot be read from here.</source>
        <translation>%1 est actif ; ses règles ne peuvent pas être lues d&apos;ici.</translation>
    </message>
    <message>
        <source>None: this network has no way out.</source>
        <translation>Aucun : ce réseau n&apos;a pas d&apos;issue.</translation>
    </message>
    <message>
        <source>%1 answers neither UPnP nor NAT-PMP nor PCP.</source>
        <translation>%1 ne répond ni à UPnP, ni à NAT-PMP, ni à PCP.</translation>
    </message>
    <message>
        <source>%1 answers %2.</source>
        <translation>%1 répond à %2.</translation>
    </message>
    <message>
        <source>Port %1 of %2 leads here (%3), for %4 s at a time.</source>
        <translation>Le port %1 de %2 mène ici (%3), pour %4 s à la fois.</translation>
    </message>
    <message>
        <source>Port %1 of %2 leads here (%3), until it is closed.</source>
        <translation>Le port %1 de %2 mène ici (%3), jusqu&apos;à sa fermeture.</translation>
    </message>
    <message>
        <source>Not opened: %1 error %2.</source>
        <translation>Non ouvert : erreur %2 de %1.</translation>
    </message>
    <message>
        <source>Not opened: %1 gave no usable answer.</source>
        <translation>Non ouvert : %1 n&apos;a pas donné de réponse utilisable.</translation>
    </message>
    <message>
        <source>The router says that it blocks nothing.</source>
        <translation>Le routeur dit qu&apos;il ne bloque rien.</translation>
    </message>
    <message>
        <source>It belongs to %1.</source>
        <translation>Il appartient à %1.</translation>
    </message>
    <message>
        <source>It has not been opened.</source>
        <translation>Il n&apos;a pas été ouvert.</translation>
    </message>
    <message>
        <source>The provider</source>
        <translation>Le fournisseur</translation>
    </message>
    <message>
        <source>The router has the public address %1.</source>
        <translation>Le routeur a l&apos;adresse publique %1.</translation>
    </message>
    <message>
        <source>The router has the address %1, which is not public.</source>
        <translation>Le routeur a l&apos;adresse %1, qui n&apos;est pas publique.</translation>
    </message>
    <message>
        <source>The router does not tell its address.</source>
        <translation>Le routeur ne dit pas son adresse.</translation>
    </message>
    <message>
        <source>The router does not tell its address; behind it comes %1.</source>
        <translation>Le routeur ne dit pas son adresse ; derrière lui vient %1.</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Dehors</translation>
    </message>
    <message>
        <source>Somebody at %1 has listened.</source>
        <translation>Quelqu&apos;un à %1 a écouté.</translation>
    </message>
    <message>
        <source>Nobody from outside has listened yet.</source>
        <translation>Personne du dehors n&apos;a encore écouté.</translation>
    </message>
    <message>
        <source>Own address, IPv4</source>
        <translation>Adresse propre, IPv4</translation>
    </message>
    <message>
        <source>Firewall of this computer, IPv4</source>
        <translation>Pare-feu de cet ordinateur, IPv4</translation>
    </message>
    <message>
        <source>Router, IPv4</source>
        <translation>Routeur, IPv4</translation>
    </message>
    <message>
        <source>Port of the router, IPv4</source>
        <translation>Port du routeur, IPv4</translation>
    </message>
    <message>
        <source>Own address, IPv6</source>
        <translation>Adresse propre, IPv6</translation>
    </message>
    <message>
        <source>Firewall of this computer, IPv6</source>
        <translation>Pare-feu de cet ordinateur, IPv6</translation>
    </message>
    <message>
        <source>Router, IPv6</source>
        <translation>Routeur, IPv6</translation>
    </message>
    <message>
        <source>Port of the router, IPv6</source>
        <translation>Port du routeur, IPv6</translation>
    </message>
    <message>
        <source>Everybody who has IPv6 can listen: %1.</source>
        <translation>Tous ceux qui ont IPv6 peuvent écouter : %1.</translation>
    </message>
</context>
<context>
    <name>CoverPicture</name>
    <message>
        <source>Cover</source>
        <translation>Pochette</translation>
    </message>
</context>
<context>
    <name>DesktopHabits</name>
    <message>
        <source>Advice</source>
        <translation>Conseil</translation>
    </message>
    <message>
        <source>A live program was refused</source>
        <translation>Un programme en direct a été refusé</translation>
    </message>
</context>
<context>
    <name>DirectoriesDialog</name>
    <message>
        <source>Next: within a minute and a half.</source>
        <translation>Ensuite : d’ici une minute et demie.</translation>
    </message>
    <message numerus="yes">
        <source>Next: in about %n minute(s).</source>
        <translation>
            <numerusform>Ensuite : dans environ %n minute.</numerusform>
            <numerusform>Ensuite : dans environ %n minutes.</numerusform>
        </translation>
    </message>
    <message>
        <source>The directory is told of the station soon.</source>
        <translation>La station sera bientôt indiquée à l’annuaire.</translation>
    </message>
    <message>
        <source>The station is listed.</source>
        <translation>La station est inscrite.</translation>
    </message>
    <message>
        <source>The directory does not list the station.</source>
        <translation>L’annuaire n’inscrit pas la station.</translation>
    </message>
    <message>
        <source>The directory does not answer.</source>
        <translation>L’annuaire ne répond pas.</translation>
    </message>
    <message>
        <source>The station is not listed publicly.</source>
        <translation>La station n’est pas inscrite publiquement.</translation>
    </message>
    <message>
        <source>The station is not listed yet.</source>
        <translation>La station n’est pas encore inscrite.</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Annuaires</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Logo, country, &amp;languages…</source>
        <translation>Logo, pa&amp;ys, langues…</translation>
    </message>
    <message>
        <source>A public directory</source>
        <translation>Un annuaire public</translation>
    </message>
    <message>
        <source>List the &amp;station while it is on the air</source>
        <translation>Inscrire la &amp;station tant qu’elle est à l’antenne</translation>
    </message>
    <message>
        <source>radio-browser.info, and others that look at the stream itself</source>
        <translation>radio-browser.info et d’autres qui regardent le flux lui-même</translation>
    </message>
    <message>
        <source>are told nothing</source>
        <translation>rien ne leur est dit</translation>
    </message>
    <message>
        <source>may list the station</source>
        <translation>ils peuvent inscrire la station</translation>
    </message>
    <message>
        <source>are asked to stay away</source>
        <translation>ils sont priés de s’abstenir</translation>
    </message>
    <message>
        <source>They &amp;read it every other day, and</source>
        <translation>Ils le &amp;lisent tous les deux jours :</translation>
    </message>
    <message>
        <source>The first entry is made by hand, on the page radio-browser.info.</source>
        <translation>La première inscription se fait à la main, sur la page radio-browser.info.</translation>
    </message>
    <message>
        <source>It says: %1</source>
        <translation>Il dit : %1</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>off air</source>
        <translation>hors antenne</translation>
    </message>
    <message>
        <source>The station is off the air.</source>
        <translation>La station est hors antenne.</translation>
    </message>
    <message>
        <source>nothing to play</source>
        <translation>rien à jouer</translation>
    </message>
    <message>
        <source>Listeners hear silence: add music or go live.</source>
        <translation>Les auditeurs entendent du silence : ajoutez de la musique ou passez en direct.</translation>
    </message>
    <message>
        <source>running low</source>
        <translation>s’épuise</translation>
    </message>
    <message>
        <source>The disk or the live source does not keep up; a larger buffer rides out more.</source>
        <translation>Le disque ou la source en direct ne suit pas ; un tampon plus grand absorbe davantage.</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>sain</translation>
    </message>
    <message>
        <source>Enough audio is ready, and it is steady.</source>
        <translation>Assez de son est prêt, et c’est stable.</translation>
    </message>
    <message>
        <source>full</source>
        <translation>plein</translation>
    </message>
    <message>
        <source>Audio comes faster than it goes out: listeners or the clock do not keep up.</source>
        <translation>Le son arrive plus vite qu’il ne sort : les auditeurs ou l’horloge ne suivent pas.</translation>
    </message>
    <message>
        <source>unstable</source>
        <translation>instable</translation>
    </message>
    <message>
        <source>The fill swings quickly: the source or the CPU is unstable.</source>
        <translation>Le niveau oscille vite : la source ou le CPU est instable.</translation>
    </message>
    <message>
        <source>good</source>
        <translation>bon</translation>
    </message>
    <message>
        <source>The processor has plenty of room.</source>
        <translation>Le processeur a largement de la marge.</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>moyen</translation>
    </message>
    <message>
        <source>The processor is busy, with room left.</source>
        <translation>Le processeur est occupé, avec de la marge.</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>avertissement</translation>
    </message>
    <message>
        <source>The processor is very busy: larger chunks and longer pauses help.</source>
        <translation>Le processeur est très occupé : des blocs plus grands et des pauses plus longues aident.</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>critique</translation>
    </message>
    <message>
        <source>The processor is at its limit and listeners will hear skips: larger chunks and longer pauses help.</source>
        <translation>Le processeur est à sa limite et les auditeurs entendront des sauts : des blocs plus grands et des pauses plus longues aident.</translation>
    </message>
    <message>
        <source>Hardly any delay.</source>
        <translation>Presque aucun retard.</translation>
    </message>
    <message>
        <source>acceptable</source>
        <translation>acceptable</translation>
    </message>
    <message>
        <source>A delay that few will notice.</source>
        <translation>Un retard que peu remarqueront.</translation>
    </message>
    <message>
        <source>high</source>
        <translation>élevé</translation>
    </message>
    <message>
        <source>A noticeable delay: a smaller buffer and smaller chunks help.</source>
        <translation>Un retard sensible : un tampon et des blocs plus petits aident.</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>stable</translation>
    </message>
    <message>
        <source>The stream arrives at its full rate.</source>
        <translation>Le flux arrive à son plein débit.</translation>
    </message>
    <message>
        <source>skipping</source>
        <translation>sauts</translation>
    </message>
    <message>
        <source>Less arrives than is played: this listener hears gaps.</source>
        <translation>Il arrive moins que ce qui est joué : cet auditeur entend des trous.</translation>
    </message>
    <message>
        <source>as expected</source>
        <translation>comme prévu</translation>
    </message>
    <message>
        <source>No more than the buffer and the listeners account for.</source>
        <translation>Pas plus que ce qu’expliquent le tampon et les auditeurs.</translation>
    </message>
    <message>
        <source>More than the buffer and the listeners account for; a smaller buffer helps.</source>
        <translation>Plus que ce qu’expliquent le tampon et les auditeurs ; un tampon plus petit aide.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>This computer does not tell how many connections it allows.</source>
        <translation>Cet ordinateur ne dit pas combien de connexions il autorise.</translation>
    </message>
    <message>
        <source>enough</source>
        <translation>assez</translation>
    </message>
    <message>
        <source>The computer allows as many connections as the station may need.</source>
        <translation>L’ordinateur autorise autant de connexions que la station peut en avoir besoin.</translation>
    </message>
    <message>
        <source>few</source>
        <translation>peu</translation>
    </message>
    <message>
        <source>The computer allows few connections; raise its limit of open files (ulimit -n, LimitNOFILE of a service).</source>
        <translation>L’ordinateur autorise peu de connexions ; augmentez sa limite de fichiers ouverts (ulimit -n, LimitNOFILE d’un service).</translation>
    </message>
    <message>
        <source>The system does not tell how it saves power; a virtual machine never does.</source>
        <translation>Le système ne dit pas comment il économise l’énergie ; une machine virtuelle ne le fait jamais.</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>rapide</translation>
    </message>
    <message>
        <source>The processor is always at its full speed.</source>
        <translation>Le processeur tourne toujours à pleine vitesse.</translation>
    </message>
    <message>
        <source>adapts</source>
        <translation>s’adapte</translation>
    </message>
    <message>
        <source>The processor becomes faster as soon as there is more to do.</source>
        <translation>Le processeur accélère dès qu’il y a plus à faire.</translation>
    </message>
    <message>
        <source>saves power</source>
        <translation>économise</translation>
    </message>
    <message>
        <source>The processor is slow to wake up. For the shortest delay: &quot;sudo cpupower frequency-set -g performance&quot;.</source>
        <translation>Le processeur est lent à se réveiller. Pour le plus court délai : « sudo cpupower frequency-set -g performance ».</translation>
    </message>
    <message>
        <source>The system does not tell.</source>
        <translation>Le système ne le dit pas.</translation>
    </message>
    <message>
        <source>cool</source>
        <translation>frais</translation>
    </message>
    <message>
        <source>Neither heat nor too little power slows the processor down.</source>
        <translation>Ni la chaleur ni une alimentation trop faible ne freine le processeur.</translation>
    </message>
    <message>
        <source>was hot</source>
        <translation>a chauffé</translation>
    </message>
    <message>
        <source>Heat or too little power has slowed the processor down since the computer was switched on: give it air, and a strong power supply.</source>
        <translation>La chaleur ou une alimentation trop faible a freiné le processeur depuis l’allumage : donnez-lui de l’air et une bonne alimentation.</translation>
    </message>
    <message>
        <source>too hot</source>
        <translation>trop chaud</translation>
    </message>
    <message>
        <source>Heat or too little power slows the processor down at this moment: give it air, and a strong power supply.</source>
        <translation>La chaleur ou une alimentation trop faible freine le processeur en ce moment : donnez-lui de l’air et une bonne alimentation.</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>habituelle</translation>
    </message>
    <message>
        <source>Cycast shares the processors with all other programs; where those are busy, advanced.nice lets it go first.</source>
        <translation>Cycast partage les processeurs avec tous les autres programmes ; s’ils sont occupés, advanced.nice le fait passer devant.</translation>
    </message>
    <message>
        <source>raised</source>
        <translation>élevée</translation>
    </message>
    <message>
        <source>Cycast goes before other programs.</source>
        <translation>Cycast passe avant les autres programmes.</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>non permise</translation>
    </message>
    <message>
        <source>The system does not permit what advanced.nice asks for: give the program the capability CAP_SYS_NICE, or its user a limit (&quot;nice&quot; in /etc/security/limits.conf).</source>
        <translation>Le système ne permet pas ce que demande advanced.nice : donnez au programme la capacité CAP_SYS_NICE, ou à son utilisateur une limite (« nice » dans /etc/security/limits.conf).</translation>
    </message>
    <message>
        <source>other processors</source>
        <translation>autres processeurs</translation>
    </message>
    <message>
        <source>This computer does not have all the processors that advanced.cpus names, or does not let Cycast use them.</source>
        <translation>Cet ordinateur n’a pas tous les processeurs que nomme advanced.cpus, ou ne laisse pas Cycast s’en servir.</translation>
    </message>
    <message>
        <source>by the kernel</source>
        <translation>par le noyau</translation>
    </message>
    <message>
        <source>The system encrypts by itself what goes out.</source>
        <translation>Le système chiffre lui-même ce qui sort.</translation>
    </message>
    <message>
        <source>by the program</source>
        <translation>par le programme</translation>
    </message>
    <message>
        <source>Cycast encrypts what goes out; with the module &quot;tls&quot; the kernel would do it.</source>
        <translation>Cycast chiffre ce qui sort ; avec le module « tls », le noyau le ferait.</translation>
    </message>
</context>
<context>
    <name>HttpsDialog</name>
    <message>
        <source>The certificate is valid until %1.</source>
        <translation>Le certificat est valable jusqu’au %1.</translation>
    </message>
    <message>
        <source>The next attempt is on %1.</source>
        <translation>La prochaine tentative aura lieu le %1.</translation>
    </message>
    <message>
        <source>It is renewed by itself on %1.</source>
        <translation>Il sera renouvelé de lui-même le %1.</translation>
    </message>
    <message>
        <source>https works for %1.</source>
        <translation>https fonctionne pour %1.</translation>
    </message>
    <message>
        <source>The station has no certificate of its own making.</source>
        <translation>La station ne s’est procuré aucun certificat.</translation>
    </message>
    <message>
        <source>It begins when the station is on the air.</source>
        <translation>Cela commence quand la station est à l’antenne.</translation>
    </message>
    <message>
        <source>Use https</source>
        <translation>Utiliser https</translation>
    </message>
    <message>
        <source>Switch it &amp;off</source>
        <translation>&amp;Désactiver</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>A certificate for the station</source>
        <translation>Un certificat pour la station</translation>
    </message>
    <message>
        <source>With https, pages that are https themselves can play the station, and browsers do not warn. The certificate is free of charge, and is renewed by itself; nobody who listens is disconnected.</source>
        <translation>Avec https, les pages elles-mêmes en https peuvent jouer la station, et les navigateurs n’avertissent pas. Le certificat est gratuit et se renouvelle de lui-même ; aucun auditeur n’est déconnecté.</translation>
    </message>
    <message>
        <source>&amp;Name or address</source>
        <translation>&amp;Nom ou adresse</translation>
    </message>
    <message>
        <source>Name or address</source>
        <translation>Nom ou adresse</translation>
    </message>
    <message>
        <source>Needed: the name leads to this computer (a dynamic name will do; the bare address works as well), and port 80 or 443 from outside leads to the listeners’ port while the authority looks.</source>
        <translation>Il faut que le nom mène à cet ordinateur (un nom dynamique suffit ; l’adresse seule convient aussi) et que le port 80 ou 443 mène de l’extérieur au port des auditeurs pendant que l’autorité regarde.</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>Où cela en est</translation>
    </message>
    <message>
        <source>A certificate is on its way</source>
        <translation>Un certificat est en route</translation>
    </message>
    <message>
        <source>for example radio.example.org</source>
        <translation>par exemple radio.example.org</translation>
    </message>
    <message>
        <source>The authority says: %1</source>
        <translation>L’autorité dit : %1</translation>
    </message>
    <message>
        <source>&amp;Get a certificate</source>
        <translation>&amp;Obtenir un certificat</translation>
    </message>
    <message>
        <source>&amp;Renew it now</source>
        <translation>Le &amp;renouveler maintenant</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Réessayer</translation>
    </message>
</context>
<context>
    <name>InsertTracks</name>
    <message>
        <source>adding %1</source>
        <translation>ajouter %1</translation>
    </message>
</context>
<context>
    <name>JingleEditor</name>
    <message>
        <source>moving a jingle</source>
        <translation>déplacement d&apos;un jingle</translation>
    </message>
</context>
<context>
    <name>JinglesView</name>
    <message>
        <source>&amp;Jingles</source>
        <translation>Jin&amp;gles</translation>
    </message>
    <message>
        <source>Drop station calls and jingles here.</source>
        <translation>Déposez ici indicatifs et jingles.</translation>
    </message>
    <message>
        <source>Ctrl+J</source>
        <translation>Ctrl+J</translation>
    </message>
    <message>
        <source>Add jingles</source>
        <translation>Ajouter des jingles</translation>
    </message>
    <message>
        <source>Jingles</source>
        <translation>Jingles</translation>
    </message>
    <message>
        <source>off</source>
        <comment>a jingle after so many songs or minutes: not counted</comment>
        <translation>non</translation>
    </message>
    <message>
        <source>Songs between jingles</source>
        <translation>Titres entre les jingles</translation>
    </message>
    <message>
        <source>One jingle after so many songs.</source>
        <translation>Un jingle après autant de titres.</translation>
    </message>
    <message>
        <source>Minutes between jingles</source>
        <translation>Minutes entre les jingles</translation>
    </message>
    <message>
        <source>One jingle after so many minutes of music, never within a track.</source>
        <translation>Un jingle après autant de minutes de musique, jamais au milieu d&apos;un titre.</translation>
    </message>
    <message>
        <source>One every</source>
        <translation>Un toutes les</translation>
    </message>
    <message>
        <source>songs, or</source>
        <translation>chansons, ou</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>minutes</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Retirer</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>aucun pour l&apos;instant</translation>
    </message>
    <message>
        <source>%1 of them from the folder in the settings</source>
        <translation>dont %1 du dossier des réglages</translation>
    </message>
    <message>
        <source>never played: choose when</source>
        <translation>jamais joués : choisissez quand</translation>
    </message>
    <message>
        <source>one every %1 songs or %2 minutes</source>
        <translation>un tous les %1 titres ou %2 minutes</translation>
    </message>
    <message>
        <source>one after every song</source>
        <translation>un après chaque titre</translation>
    </message>
    <message>
        <source>one every %1 songs</source>
        <translation>un tous les %1 titres</translation>
    </message>
    <message>
        <source>one every %1 minutes</source>
        <translation>un toutes les %1 minutes</translation>
    </message>
    <message>
        <source>Jingles: %1</source>
        <translation>Jingles : %1</translation>
    </message>
    <message>
        <source>Music (%1)</source>
        <translation>Musique (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
</context>
<context>
    <name>KnockDock</name>
    <message>
        <source>Who knocked</source>
        <translation>Qui a frappé</translation>
    </message>
    <message>
        <source>Nobody has asked to broadcast yet. Tools, Connect a DJ has the values for it.</source>
        <translation>Personne n’a encore demandé à émettre. Outils, Connecter un DJ en donne les valeurs.</translation>
    </message>
    <message>
        <source>Attempts to broadcast</source>
        <translation>Tentatives d’émettre</translation>
    </message>
    <message>
        <source>%1 from %2: %3</source>
        <translation>%1 depuis %2 : %3</translation>
    </message>
</context>
<context>
    <name>KnockModel</name>
    <message>
        <source>Let in</source>
        <translation>Admis</translation>
    </message>
    <message>
        <source>No pass phrase</source>
        <translation>Sans mot de passe</translation>
    </message>
    <message>
        <source>Wrong pass phrase</source>
        <translation>Mauvais mot de passe</translation>
    </message>
    <message>
        <source>Wrong path</source>
        <translation>Mauvais chemin</translation>
    </message>
    <message>
        <source>Unknown format</source>
        <translation>Format inconnu</translation>
    </message>
    <message>
        <source>Two at once</source>
        <translation>Deux à la fois</translation>
    </message>
    <message>
        <source>Not understood</source>
        <translation>Pas compris</translation>
    </message>
    <message>
        <source>Asked for encryption</source>
        <translation>A demandé le chiffrement</translation>
    </message>
    <message>
        <source>Locked out</source>
        <translation>Verrouillé</translation>
    </message>
    <message>
        <source>Show the right values…</source>
        <translation>Montrer les bonnes valeurs…</translation>
    </message>
    <message>
        <source>End the other source</source>
        <translation>Terminer l’autre source</translation>
    </message>
    <message>
        <source>Set up encryption…</source>
        <translation>Configurer le chiffrement…</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Rien à faire</translation>
    </message>
    <message>
        <source>%1, %2 from %3, %4</source>
        <translation>%1, %2 depuis %3, %4</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>A demandé</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Ce qui s’est passé</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>As the &amp;system</source>
        <translation>Comme le &amp;système</translation>
    </message>
</context>
<context>
    <name>LeaveQuestions</name>
    <message>
        <source>Go off air?</source>
        <translation>Quitter l’antenne ?</translation>
    </message>
    <message>
        <source>1 person is listening and will be disconnected.</source>
        <translation>1 personne écoute et sera déconnectée.</translation>
    </message>
    <message>
        <source>%1 people are listening and will be disconnected.</source>
        <translation>%1 personnes écoutent et seront déconnectées.</translation>
    </message>
    <message>
        <source>Go off air</source>
        <translation>Quitter l’antenne</translation>
    </message>
    <message>
        <source>Quit and go off air?</source>
        <translation>Quitter et rendre l’antenne ?</translation>
    </message>
    <message>
        <source>The station is on the air. Quitting ends the broadcast.</source>
        <translation>La station est à l’antenne. Quitter met fin à l’émission.</translation>
    </message>
    <message>
        <source>The station is on the air, and %1 will be disconnected.</source>
        <translation>La station est à l’antenne, et %1 sera déconnecté.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>LeftList</name>
    <message>
        <source>Listeners who left lately</source>
        <translation>Auditeurs partis récemment</translation>
    </message>
</context>
<context>
    <name>LeftModel</name>
    <message>
        <source>Stopped listening</source>
        <translation>A cessé d’écouter</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>Connexion perdue</translation>
    </message>
    <message>
        <source>Never took anything</source>
        <translation>N’a jamais rien pris</translation>
    </message>
    <message>
        <source>Somebody connected and read nothing of the stream for half a minute: no player does that.</source>
        <translation>Quelqu’un s’est connecté et n’a rien lu du flux pendant une demi-minute : aucun lecteur ne fait cela.</translation>
    </message>
    <message>
        <source>Took nothing for a minute</source>
        <translation>N’a rien pris pendant une minute</translation>
    </message>
    <message>
        <source>Removed by you</source>
        <translation>Retiré par vous</translation>
    </message>
    <message>
        <source>Removed by the admin</source>
        <translation>Retiré par l’administrateur</translation>
    </message>
    <message>
        <source>Banned</source>
        <translation>Banni</translation>
    </message>
    <message>
        <source>Format changed</source>
        <translation>Format changé</translation>
    </message>
    <message>
        <source>Station went off the air</source>
        <translation>La station a quitté l’antenne</translation>
    </message>
    <message>
        <source>The player closed the connection: somebody pressed stop, or went on to something else.</source>
        <translation>Le lecteur a fermé la connexion : quelqu’un a appuyé sur stop, ou est passé à autre chose.</translation>
    </message>
    <message>
        <source>There was no sign of life any more: the listener&apos;s network or computer is gone.</source>
        <translation>Plus aucun signe de vie : le réseau ou l’ordinateur de l’auditeur a disparu.</translation>
    </message>
    <message>
        <source>A paused player, or a line that is far too slow: what came next had left the buffer.</source>
        <translation>Un lecteur en pause, ou une ligne bien trop lente : la suite n’était plus dans le tampon.</translation>
    </message>
    <message>
        <source>You removed this listener, who may come again.</source>
        <translation>Vous avez retiré cet auditeur, qui peut revenir.</translation>
    </message>
    <message>
        <source>A program that knows the admin pass phrase removed this listener.</source>
        <translation>Un programme qui connaît le mot de passe d’administration a retiré cet auditeur.</translation>
    </message>
    <message>
        <source>A ban fits this listener.</source>
        <translation>Un bannissement vise cet auditeur.</translation>
    </message>
    <message>
        <source>The stream went on in another format; most players come back by themselves.</source>
        <translation>Le flux a continué dans un autre format ; la plupart des lecteurs reviennent d’eux-mêmes.</translation>
    </message>
    <message>
        <source>The broadcast ended.</source>
        <translation>L’émission s’est terminée.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>%1 with %2, listened for %3, left at %4: %5</source>
        <translation>%1 avec %2, a écouté %3, parti à %4 : %5</translation>
    </message>
    <message>
        <source>Left at</source>
        <translation>Parti à</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>Lecteur</translation>
    </message>
    <message>
        <source>Listened</source>
        <translation>Écouté</translation>
    </message>
    <message>
        <source>bytes_sent</source>
        <translation>bytes_sent</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
</context>
<context>
    <name>ListenBar</name>
    <message>
        <source>&amp;Volume</source>
        <translation>&amp;Volume</translation>
    </message>
    <message>
        <source>Open the web &amp;page</source>
        <translation>Ouvrir la &amp;page web</translation>
    </message>
    <message>
        <source>Volume of your own listening</source>
        <translation>Volume de votre propre écoute</translation>
    </message>
    <message>
        <source>Only how loud it is here. Listeners hear no difference.</source>
        <translation>Seulement la force du son ici. Les auditeurs n’entendent aucune différence.</translation>
    </message>
    <message>
        <source>Stop listening</source>
        <translation>Ne plus écouter</translation>
    </message>
    <message>
        <source>&amp;Listen again</source>
        <translation>Ré&amp;écouter</translation>
    </message>
    <message>
        <source>Pa&amp;use</source>
        <translation>Pa&amp;use</translation>
    </message>
    <message>
        <source>Paused. It goes on with what is on the air then.</source>
        <translation>En pause. L’écoute reprendra avec ce qui sera alors à l’antenne.</translation>
    </message>
    <message>
        <source>Connecting, as any player would…</source>
        <translation>Connexion, comme le ferait un lecteur…</translation>
    </message>
    <message>
        <source>You hear your station as a listener does, a few seconds behind the broadcast.</source>
        <translation>Vous entendez votre station comme un auditeur, quelques secondes après l’émission.</translation>
    </message>
    <message>
        <source>No sound device was found on this computer. The web page with the player was opened in the browser instead.</source>
        <translation>Aucun périphérique audio n’a été trouvé sur cet ordinateur. La page web avec le lecteur a été ouverte dans le navigateur à la place.</translation>
    </message>
    <message>
        <source>The sound device does not play. The web page with the player was opened in the browser instead.</source>
        <translation>Le périphérique audio ne joue pas. La page web avec le lecteur a été ouverte dans le navigateur à la place.</translation>
    </message>
</context>
<context>
    <name>ListenersTexts</name>
    <message>
        <source>Stalled</source>
        <translation>Bloqué</translation>
    </message>
    <message>
        <source>OK, skipped %1×</source>
        <translation>OK, sauté %1×</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Has accepted no data for more than 10 seconds: paused, or the connection is too slow.</source>
        <translation>N’a accepté aucune donnée depuis plus de 10 secondes : en pause, ou connexion trop lente.</translation>
    </message>
    <message>
        <source>Receives the stream as it is broadcast.</source>
        <translation>Reçoit le flux tel qu’il est émis.</translation>
    </message>
    <message numerus="yes">
        <source>Fell behind further than the buffer reaches and jumped ahead %n time(s).</source>
        <translation>
            <numerusform>A pris plus de retard que le tampon ne couvre et a sauté %n fois.</numerusform>
            <numerusform>A pris plus de retard que le tampon ne couvre et a sauté %n fois.</numerusform>
        </translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Listener %1 from %2, %3, connected for %4, %5 behind, %6</source>
        <translation>Auditeur %1 depuis %2, %3, connecté depuis %4, %5 de retard, %6</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>N°</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>Lecteur</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>bytes_sent</source>
        <translation>bytes_sent</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Débit</translation>
    </message>
    <message>
        <source>Behind</source>
        <translation>Retard</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>What the listener&apos;s connection has accepted, audio and titles.</source>
        <translation>Ce que la connexion de l’auditeur a accepté, son et titres.</translation>
    </message>
    <message>
        <source>How far behind the broadcast this listener is.</source>
        <translation>De combien cet auditeur suit l’émission.</translation>
    </message>
    <message>
        <source>Bytes per second over the last seconds.</source>
        <translation>Octets par seconde sur les dernières secondes.</translation>
    </message>
</context>
<context>
    <name>ListenersView</name>
    <message>
        <source>Listeners</source>
        <translation>Auditeurs</translation>
    </message>
    <message>
        <source>Filter listeners</source>
        <translation>Filtrer les auditeurs</translation>
    </message>
    <message>
        <source>Filter listeners by id, address, player or state</source>
        <translation>Filtrer les auditeurs par numéro, adresse, lecteur ou état</translation>
    </message>
    <message>
        <source>OK, skipped %1×</source>
        <translation>OK, sauté %1×</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message>
        <source>Remove listener</source>
        <translation>Retirer l’auditeur</translation>
    </message>
    <message>
        <source>Closes this connection. Whoever was removed may connect again.</source>
        <translation>Ferme cette connexion. Qui a été retiré peut revenir.</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n listeners</source>
        <translation>
            <numerusform>Retirer %n auditeur</numerusform>
            <numerusform>Retirer %n auditeurs</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 out  ·  %2 stalled</source>
        <translation>%1 sortants  ·  %2 bloqués</translation>
    </message>
    <message>
        <source>&lt;p&gt;%1 from %2. Most at once: %3. Together they have listened for %4 hours in this broadcast.&lt;/p&gt;</source>
        <translation>&lt;p&gt;%1 pour %2. Maximum à la fois : %3. Ensemble ils ont écouté %4 heures pendant cette émission.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 personne</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 personnes</translation>
    </message>
    <message>
        <source>%1 people  ·  </source>
        <translation>%1 personnes  ·  </translation>
    </message>
    <message>
        <source>Nobody is listening yet. Share the link above.</source>
        <translation>Personne n’écoute encore. Partagez le lien ci-dessus.</translation>
    </message>
    <message>
        <source>No listener matches the filter.</source>
        <translation>Aucun auditeur ne correspond au filtre.</translation>
    </message>
    <message>
        <source>Left lately</source>
        <translation>Partis</translation>
    </message>
    <message>
        <source>Who stopped listening, when, and why</source>
        <translation>Qui a cessé d’écouter, quand et pourquoi</translation>
    </message>
    <message>
        <source>Show who left lately</source>
        <translation>Montrer qui est parti récemment</translation>
    </message>
    <message>
        <source>Nobody has left so far.</source>
        <translation>Personne n’est parti jusqu’ici.</translation>
    </message>
</context>
<context>
    <name>LogDock</name>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>&amp;Verbose</source>
        <translation>&amp;Détaillé</translation>
    </message>
    <message>
        <source>Show lines of this level and above</source>
        <translation>Montrer les lignes de ce niveau et au-dessus</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>Tous les niveaux</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>Erreurs seulement</translation>
    </message>
    <message>
        <source>%1 and above</source>
        <translation>%1 et au-dessus</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Chercher dans le journal</translation>
    </message>
    <message>
        <source>Writes down every chunk read and sent, every change of the fill, and timing.</source>
        <translation>Note chaque bloc lu et envoyé, chaque changement de niveau et les temps.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>Copies the selected lines, or all that are shown.</source>
        <translation>Copie les lignes choisies, ou toutes celles qui sont montrées.</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>&amp;Vider</translation>
    </message>
    <message>
        <source>Empties this view.</source>
        <translation>Vide cette vue.</translation>
    </message>
    <message>
        <source>Log lines</source>
        <translation>Lignes du journal</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Avertissement</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
</context>
<context>
    <name>LogModel</name>
    <message>
        <source>Debug</source>
        <translation>Débogage</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Info</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Avertissement</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Erreur</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Niveau</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Partie</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
</context>
<context>
    <name>MainMenu</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>&amp;Broadcast</source>
        <translation>É&amp;mission</translation>
    </message>
    <message>
        <source>&amp;Playlist</source>
        <translation>&amp;Liste</translation>
    </message>
    <message>
        <source>&amp;Sort by</source>
        <translation>&amp;Trier par</translation>
    </message>
    <message>
        <source>P&amp;resets</source>
        <translation>&amp;Préréglages</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Affichage</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Journal</translation>
    </message>
    <message>
        <source>Ctrl+Shift+G</source>
        <translation>Ctrl+Shift+G</translation>
    </message>
    <message>
        <source>&amp;Who knocked</source>
        <translation>&amp;Qui a frappé</translation>
    </message>
    <message>
        <source>Ctrl+Shift+W</source>
        <translation>Ctrl+Shift+W</translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation>Volet &amp;suivant</translation>
    </message>
    <message>
        <source>&amp;Previous pane</source>
        <translation>Volet &amp;précédent</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Pl&amp;ein écran</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Outils</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Réglages…</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>Connect a &amp;DJ…</source>
        <translation>Connecter un &amp;DJ…</translation>
    </message>
    <message>
        <source>Ctrl+D</source>
        <translation>Ctrl+D</translation>
    </message>
    <message>
        <source>&amp;Banned listeners…</source>
        <translation>Auditeurs &amp;bannis…</translation>
    </message>
    <message>
        <source>S&amp;elf-test…</source>
        <translation>&amp;Autotest…</translation>
    </message>
    <message>
        <source>Ctrl+T</source>
        <translation>Ctrl+T</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;ide</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>Raccourcis &amp;clavier</translation>
    </message>
    <message>
        <source>&amp;About Cycast Desktop</source>
        <translation>À &amp;propos de Cycast Desktop</translation>
    </message>
    <message>
        <source>&amp;Directories…</source>
        <translation>A&amp;nnuaires…</translation>
    </message>
    <message>
        <source>Use h&amp;ttps…</source>
        <translation>Utiliser &amp;https…</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Copied: %1</source>
        <translation>Copié : %1</translation>
    </message>
    <message>
        <source>%1. See View, Who knocked.</source>
        <translation>%1. Voir Affichage, Qui a frappé.</translation>
    </message>
    <message>
        <source>The program ended while the station was on the air. Playlist, track and settings are as they were.</source>
        <translation>Le programme s’est terminé pendant que la station était à l’antenne. Liste, titre et réglages sont comme avant.</translation>
    </message>
    <message>
        <source>Go on &amp;air again</source>
        <translation>&amp;Revenir à l’antenne</translation>
    </message>
    <message>
        <source>Cycast Desktop</source>
        <translation>Cycast Desktop</translation>
    </message>
    <message>
        <source>%1 — Cycast Desktop</source>
        <translation>%1 — Cycast Desktop</translation>
    </message>
    <message>
        <source>ON AIR: %1</source>
        <translation>À L’ANTENNE : %1</translation>
    </message>
    <message>
        <source>No browser could be started. The address is %1</source>
        <translation>Aucun navigateur n’a pu être lancé. L’adresse est %1</translation>
    </message>
</context>
<context>
    <name>OfferBar</name>
    <message>
        <source>No, thanks</source>
        <translation>Non merci</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
</context>
<context>
    <name>OnAirBar</name>
    <message>
        <source>On air</source>
        <translation>À l’antenne</translation>
    </message>
    <message>
        <source>● ON AIR   %1</source>
        <translation>● ON AIR   %1</translation>
    </message>
    <message>
        <source>Position in the track</source>
        <translation>Position dans le titre</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>Écoulé</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>Auditeurs</translation>
    </message>
    <message>
        <source>On the air. Click to go off air.</source>
        <translation>À l’antenne. Cliquez pour quitter l’antenne.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Démarrage…</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Démarrage</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Arrêt</translation>
    </message>
    <message>
        <source>Go on air</source>
        <translation>Passer à l’antenne</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Not on the air: %1</source>
        <translation>Pas à l’antenne : %1</translation>
    </message>
    <message>
        <source>Opening the ports for listeners and live programs…</source>
        <translation>Ouverture des ports pour auditeurs et programmes en direct…</translation>
    </message>
    <message>
        <source>Off the air. Add music first, or go on air and wait for a live program: listeners hear silence until then.</source>
        <translation>Hors antenne. Ajoutez d’abord de la musique, ou passez à l’antenne et attendez un programme en direct : d’ici là les auditeurs entendent du silence.</translation>
    </message>
    <message>
        <source>Off the air. Starts with “%1”.</source>
        <translation>Hors antenne. Commence par « %1 ».</translation>
    </message>
    <message>
        <source>Off the air. %1 ready.</source>
        <translation>Hors antenne. %1 prêts.</translation>
    </message>
    <message>
        <source>Your link appears here on the air</source>
        <translation>Votre lien apparaît ici à l’antenne</translation>
    </message>
    <message>
        <source>peak %1</source>
        <translation>max. %1</translation>
    </message>
    <message>
        <source>ON AIR   %1</source>
        <translation>ON AIR   %1</translation>
    </message>
    <message>
        <source>On air for %1. Go off air</source>
        <translation>À l’antenne depuis %1. Quitter l’antenne</translation>
    </message>
    <message>
        <source>Live programme</source>
        <translation>Programme en direct</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Silence</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Sans titre</translation>
    </message>
    <message>
        <source>next: %1</source>
        <translation>ensuite : %1</translation>
    </message>
    <message>
        <source>next: %1 — %2</source>
        <translation>ensuite : %1 — %2</translation>
    </message>
</context>
<context>
    <name>PlaylistDialogs</name>
    <message>
        <source>Add files</source>
        <translation>Ajouter des fichiers</translation>
    </message>
    <message>
        <source>Music (%1)</source>
        <translation>Musique (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>Add a folder with everything in it</source>
        <translation>Ajouter un dossier avec tout son contenu</translation>
    </message>
    <message>
        <source>Open a playlist</source>
        <translation>Ouvrir une liste</translation>
    </message>
    <message>
        <source>Playlists (*.m3u *.m3u8 *.pls *.xspf *.cue)</source>
        <translation>Listes (*.m3u *.m3u8 *.pls *.xspf *.cue)</translation>
    </message>
    <message>
        <source>Save the playlist</source>
        <translation>Enregistrer la liste</translation>
    </message>
    <message>
        <source>Playlist (*.m3u8)</source>
        <translation>Liste (*.m3u8)</translation>
    </message>
    <message>
        <source>Playlist for older players (*.m3u)</source>
        <translation>Liste pour anciens lecteurs (*.m3u)</translation>
    </message>
    <message>
        <source>PLS playlist (*.pls)</source>
        <translation>Liste PLS (*.pls)</translation>
    </message>
    <message>
        <source>XSPF playlist (*.xspf)</source>
        <translation>Liste XSPF (*.xspf)</translation>
    </message>
</context>
<context>
    <name>PlaylistEditor</name>
    <message>
        <source>The playlist is saved as %1.</source>
        <translation>La liste est enregistrée sous %1.</translation>
    </message>
    <message>
        <source>%1 added.</source>
        <translation>%1 ajoutés.</translation>
    </message>
    <message>
        <source>Nothing to play was found there.</source>
        <translation>Rien à jouer n’a été trouvé là.</translation>
    </message>
    <message>
        <source>%1 (and %2 more, see View &gt; Log)</source>
        <translation>%1 (et %2 de plus, voir Affichage &gt; Journal)</translation>
    </message>
    <message>
        <source>moving %1</source>
        <translation>déplacer %1</translation>
    </message>
    <message>
        <source>sorting</source>
        <translation>trier</translation>
    </message>
    <message>
        <source>%1 new in your folders.</source>
        <translation>%1 nouveaux dans vos dossiers.</translation>
    </message>
    <message>
        <source>“%1” plays next.</source>
        <translation>« %1 » passe ensuite.</translation>
    </message>
    <message>
        <source>%1 play next.</source>
        <translation>%1 passent ensuite.</translation>
    </message>
    <message>
        <source>Sorted by “%1”. Ctrl+Z brings the old order back.</source>
        <translation>Trié par « %1 ». Ctrl+Z rétablit l’ordre d’avant.</translation>
    </message>
</context>
<context>
    <name>PlaylistRow</name>
    <message>
        <source>%1 → %2</source>
        <comment>format of a file, format of the stream</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1, cannot play: %2</source>
        <translation>%1, lecture impossible : %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, playing now</source>
        <translation>%1, en cours</translation>
    </message>
    <message>
        <source>Click to sort the playlist. Undo brings the old order back.</source>
        <translation>Cliquez pour trier la liste. Annuler rétablit l’ordre d’avant.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Artiste</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
</context>
<context>
    <name>PlaylistView</name>
    <message>
        <source>Playlist</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Find title, artist, album or file</source>
        <translation>Chercher titre, artiste, album ou fichier</translation>
    </message>
    <message>
        <source>Find in the playlist</source>
        <translation>Chercher dans la liste</translation>
    </message>
    <message>
        <source>Reading tags</source>
        <translation>Lecture des étiquettes</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Add to the playlist</source>
        <translation>Ajouter à la liste</translation>
    </message>
    <message>
        <source>Drop music or a playlist here,
or press Ctrl+O</source>
        <translation>Déposez ici de la musique ou une liste,
ou appuyez sur Ctrl+O</translation>
    </message>
    <message>
        <source>Files, folders, M3U, PLS and XSPF</source>
        <translation>Fichiers, dossiers, M3U, PLS et XSPF</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ajouter un dossier…</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Fermer ce message</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Esc shows all</source>
        <translation>Échap montre tout</translation>
    </message>
    <message>
        <source>No tracks yet</source>
        <translation>Pas encore de titres</translation>
    </message>
    <message>
        <source>drop files, folders or playlists here</source>
        <translation>déposez ici fichiers, dossiers ou listes</translation>
    </message>
    <message>
        <source>1 needs attention</source>
        <translation>1 à revoir</translation>
    </message>
    <message>
        <source>%1 need attention</source>
        <translation>%1 à revoir</translation>
    </message>
    <message>
        <source>Stop reading tags</source>
        <translation>Arrêter la lecture des étiquettes</translation>
    </message>
    <message>
        <source>Stop reading tags. The tracks stay, and are read when their turn comes.</source>
        <translation>Arrêter la lecture des étiquettes. Les titres restent et sont lus quand vient leur tour.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1 : %2</translation>
    </message>
    <message>
        <source>Show all tracks</source>
        <translation>Montrer tous les titres</translation>
    </message>
</context>
<context>
    <name>PresetPreview</name>
    <message>
        <source>Preset: %1</source>
        <translation>Préréglage : %1</translation>
    </message>
    <message>
        <source>Applied live. Nobody is disconnected.</source>
        <translation>Appliqué en direct. Personne n’est déconnecté.</translation>
    </message>
    <message>
        <source>These values are in force already. There is nothing to change.</source>
        <translation>Ces valeurs sont déjà en vigueur. Il n’y a rien à changer.</translation>
    </message>
    <message>
        <source>Cannot be applied. %1</source>
        <translation>Ne peut être appliqué. %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Appliquer</translation>
    </message>
    <message>
        <source>becomes</source>
        <translation>devient</translation>
    </message>
    <message>
        <source>%1: %2, was %3</source>
        <translation>%1 : %2, était %3</translation>
    </message>
    <message>
        <source>≈ %1</source>
        <translation>≈ %1</translation>
    </message>
    <message>
        <source>≈ %1 MB</source>
        <translation>≈ %1 Mo</translation>
    </message>
    <message>
        <source>≈ %1 %</source>
        <translation>≈ %1 %</translation>
    </message>
    <message>
        <source>Latency, live</source>
        <translation>Retard, en direct</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>CPU, 100 listeners</source>
        <translation>CPU, 100 auditeurs</translation>
    </message>
    <message>
        <source>Buffer at %1 kbit/s</source>
        <translation>Tampon à %1 kbit/s</translation>
    </message>
    <message>
        <source>Rides out a listener&apos;s pause of</source>
        <translation>Absorbe une pause de l’auditeur de</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Raspberry Pi or Low-Power Device</source>
        <translation>Raspberry Pi ou petit appareil</translation>
    </message>
    <message>
        <source>For small computers: fewer, larger steps that leave the processor room.</source>
        <translation>Pour petits ordinateurs : moins d’étapes, plus grandes, qui laissent de la marge au processeur.</translation>
    </message>
    <message>
        <source>Many Concurrent Listeners (100+)</source>
        <translation>Beaucoup d’auditeurs à la fois (100+)</translation>
    </message>
    <message>
        <source>For a crowd: large chunks, short pauses and a limit of 200.</source>
        <translation>Pour une foule : grands blocs, pauses courtes et une limite de 200.</translation>
    </message>
    <message>
        <source>Live DJ Streaming (Low Latency)</source>
        <translation>DJ en direct (faible retard)</translation>
    </message>
    <message>
        <source>For live sets: small steps, so that listeners are close behind you.</source>
        <translation>Pour les sets en direct : petites étapes, pour que les auditeurs vous suivent de près.</translation>
    </message>
    <message>
        <source>Playlist-Only Station (Maximum Stability)</source>
        <translation>Liste seule (stabilité maximale)</translation>
    </message>
    <message>
        <source>For music without live shows: the largest buffer and the fewest steps.</source>
        <translation>Pour la musique sans directs : le plus grand tampon et le moins d’étapes.</translation>
    </message>
    <message>
        <source>Home Server (Default)</source>
        <translation>Serveur domestique (par défaut)</translation>
    </message>
    <message>
        <source>For most homes: a good middle between delay, memory and CPU.</source>
        <translation>Pour la plupart des foyers : un bon milieu entre retard, mémoire et CPU.</translation>
    </message>
    <message>
        <source>Raspberry Pi</source>
        <translation>Raspberry Pi</translation>
    </message>
    <message>
        <source>For a Raspberry Pi: a large buffer and large chunks.</source>
        <translation>Pour un Raspberry Pi : un grand tampon et de grands blocs.</translation>
    </message>
    <message>
        <source>Production Server (100+ listeners)</source>
        <translation>Serveur de production (100+ auditeurs)</translation>
    </message>
    <message>
        <source>For a public station: room for 500 listeners and not more.</source>
        <translation>Pour une station publique : de la place pour 500 auditeurs et pas plus.</translation>
    </message>
    <message>
        <source>Low-Latency DJ Mode</source>
        <translation>Mode DJ à faible retard</translation>
    </message>
    <message>
        <source>For live shows: what you say is heard soonest.</source>
        <translation>Pour les directs : ce que vous dites s’entend au plus tôt.</translation>
    </message>
    <message>
        <source>Smoother playback (more CPU)</source>
        <translation>Lecture plus fluide (plus de CPU)</translation>
    </message>
    <message>
        <source>Shorter pauses between two rounds of sending; the rest stays as it is.</source>
        <translation>Pauses plus courtes entre deux tours d’envoi ; le reste ne change pas.</translation>
    </message>
    <message>
        <source>Lower CPU usage (potential skips)</source>
        <translation>Moins de CPU (sauts possibles)</translation>
    </message>
    <message>
        <source>Longer pauses between two rounds of sending; the rest stays as it is.</source>
        <translation>Pauses plus longues entre deux tours d’envoi ; le reste ne change pas.</translation>
    </message>
</context>
<context>
    <name>PresetsMenu</name>
    <message>
        <source>P&amp;resets</source>
        <translation>&amp;Préréglages</translation>
    </message>
    <message>
        <source>By scenario</source>
        <translation>Par usage</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Recommandés</translation>
    </message>
    <message>
        <source>Sleep only</source>
        <translation>Pauses seules</translation>
    </message>
    <message>
        <source>preset %1</source>
        <translation>préréglage %1</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>Les vôtres</translation>
    </message>
    <message>
        <source>A preset of your own.</source>
        <translation>Un préréglage à vous.</translation>
    </message>
    <message>
        <source>&amp;Save current as preset…</source>
        <translation>&amp;Enregistrer l’actuel comme préréglage…</translation>
    </message>
    <message>
        <source>&amp;Manage presets…</source>
        <translation>&amp;Gérer les préréglages…</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>Enregistrer le préréglage</translation>
    </message>
    <message>
        <source>Name of the preset. One of the same name is replaced.</source>
        <translation>Nom du préréglage. Un de même nom est remplacé.</translation>
    </message>
</context>
<context>
    <name>QrCodeView</name>
    <message>
        <source>QR code of the web page</source>
        <translation>Code QR de la page web</translation>
    </message>
</context>
<context>
    <name>ReachDialog</name>
    <message>
        <source>&amp;Open the port</source>
        <translation>&amp;Ouvrir le port</translation>
    </message>
    <message>
        <source>&amp;Let the network in</source>
        <translation>&amp;Laisser entrer le réseau</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>en ordre</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>fermé</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>partout</translation>
    </message>
    <message>
        <source>everywhere, IPv6 only</source>
        <translation>partout, IPv6 seulement</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>sur cet ordinateur</translation>
    </message>
    <message>
        <source>at home</source>
        <translation>à la maison</translation>
    </message>
    <message>
        <source>Let people outside listen</source>
        <translation>Faire écouter les gens du dehors</translation>
    </message>
    <message>
        <source>What to enter</source>
        <translation>Ce qu&apos;il faut saisir</translation>
    </message>
    <message>
        <source>Close the &amp;port again</source>
        <translation>Refermer le &amp;port</translation>
    </message>
    <message>
        <source>What was &amp;seen</source>
        <translation>Ce qui a été &amp;vu</translation>
    </message>
    <message>
        <source>Look &amp;again</source>
        <translation>Regarder à &amp;nouveau</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Go on the air first: then it can be seen who can listen.</source>
        <translation>Passez d&apos;abord à l&apos;antenne : on verra alors qui peut écouter.</translation>
    </message>
    <message>
        <source>Looking at this computer, the router and what is behind it…</source>
        <translation>Examen de cet ordinateur, du routeur et de ce qu&apos;il y a derrière…</translation>
    </message>
    <message>
        <source>Try it with a phone: switch its Wi-Fi off, and point its camera here. When it listens, that is noticed here by itself.

%1</source>
        <translation>Essayez avec un téléphone : coupez son Wi-Fi et pointez l&apos;appareil photo ici. Quand il écoute, cela se remarque ici tout seul.

%1</translation>
    </message>
</context>
<context>
    <name>RecentFiles</name>
    <message>
        <source>Add &amp;recent</source>
        <translation>Ajouts &amp;récents</translation>
    </message>
    <message>
        <source>&amp;Forget these</source>
        <translation>&amp;Oublier ceux-ci</translation>
    </message>
</context>
<context>
    <name>RemoveTracks</name>
    <message>
        <source>removing %1</source>
        <translation>retirer %1</translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>stéréo</translation>
    </message>
    <message>
        <source>%1 channels</source>
        <translation>%1 canaux</translation>
    </message>
    <message>
        <source>%1 kHz</source>
        <translation>%1 kHz</translation>
    </message>
    <message>
        <source>the stream is %1</source>
        <translation>le flux est en %1</translation>
    </message>
    <message>
        <source>its sound is inside another kind of file</source>
        <translation>son contenu sonore est dans un autre type de fichier</translation>
    </message>
    <message>
        <source>tracks fade into one another</source>
        <translation>les titres s&apos;enchaînent en fondu</translation>
    </message>
    <message>
        <source>silence at its ends is cut</source>
        <translation>le silence à ses extrémités est coupé</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%1 au lieu de %2</translation>
    </message>
    <message>
        <source>%1 kbit/s, more than the %2 that are passed on</source>
        <translation>%1 kbit/s, plus que les %2 qui sont transmis tels quels</translation>
    </message>
    <message>
        <source>it is made as loud as the others</source>
        <translation>son volume est aligné sur celui des autres</translation>
    </message>
    <message>
        <source>its frames need more than the stream tells players</source>
        <translation>ses trames demandent plus que ce que le flux indique aux lecteurs</translation>
    </message>
    <message>
        <source>every file is encoded</source>
        <translation>chaque fichier est encodé</translation>
    </message>
    <message>
        <source>its format is not known yet</source>
        <translation>son format n&apos;est pas encore connu</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Absent</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Illisible</translation>
    </message>
    <message>
        <source>Copy-protected</source>
        <translation>Protégé contre la copie</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>Pas de son</translation>
    </message>
    <message>
        <source>Cannot play</source>
        <translation>Lecture impossible</translation>
    </message>
    <message>
        <source>Very short</source>
        <translation>Très court</translation>
    </message>
    <message>
        <source>Silent end</source>
        <translation>Fin silencieuse</translation>
    </message>
    <message>
        <source>Far too loud</source>
        <translation>Beaucoup trop fort</translation>
    </message>
    <message>
        <source>Far too quiet</source>
        <translation>Beaucoup trop faible</translation>
    </message>
    <message>
        <source>It lasts %1 s only: is it the whole track?</source>
        <translation>Il ne dure que %1 s : est-ce le titre entier ?</translation>
    </message>
    <message>
        <source>It ends with %1 s of silence, which listeners take for a fault.</source>
        <translation>Il se termine par %1 s de silence, que les auditeurs prennent pour une panne.</translation>
    </message>
    <message>
        <source>It is far too loud (%1 LUFS): it is probably distorted already.</source>
        <translation>Il est beaucoup trop fort (%1 LUFS) : il est sans doute déjà saturé.</translation>
    </message>
    <message>
        <source>It is far too quiet (%1 LUFS): raising it would raise its noise too.</source>
        <translation>Il est beaucoup trop faible (%1 LUFS) : l&apos;amplifier amplifierait aussi son bruit.</translation>
    </message>
    <message>
        <source>Cannot play: %1</source>
        <translation>Lecture impossible : %1</translation>
    </message>
    <message>
        <source>Sent as it is, bit for bit</source>
        <translation>Envoyé tel quel, bit pour bit</translation>
    </message>
    <message>
        <source>Encoded anew: %1</source>
        <translation>Réencodé : %1</translation>
    </message>
    <message>
        <source>its loudness is not known yet</source>
        <translation>sa sonie n&apos;est pas encore connue</translation>
    </message>
    <message>
        <source>Sent as it is, but for the gain in its frames</source>
        <translation>Envoyé tel quel, sauf le gain dans ses trames</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>Ne répond pas</translation>
    </message>
</context>
<context>
    <name>SelfTestDialog</name>
    <message>
        <source>&amp;Copy result</source>
        <translation>&amp;Copier le résultat</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>Autotest</translation>
    </message>
    <message>
        <source>How well does the station perform?</source>
        <translation>Quelles sont les performances de la station ?</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>Premier octet</translation>
    </message>
    <message>
        <source>Throughput of one listener</source>
        <translation>Débit d’un auditeur</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Processeur</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>Tampon</translation>
    </message>
    <message>
        <source>Progress of the test</source>
        <translation>Avancement du test</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Arrêté.</translation>
    </message>
    <message>
        <source>Copied. It holds figures only: no address, no pass phrase.</source>
        <translation>Copié. Il n’y a que des chiffres : aucune adresse, aucun mot de passe.</translation>
    </message>
    <message>
        <source>The test listens to your own station for 30 seconds, as a player does, and measures.</source>
        <translation>Le test écoute votre propre station pendant 30 secondes, comme un lecteur, et mesure.</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Mesure…</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>&amp;Start the test</source>
        <translation>&amp;Commencer le test</translation>
    </message>
    <message>
        <source>&amp;Test again</source>
        <translation>&amp;Tester encore</translation>
    </message>
    <message>
        <source>Cycast Desktop %1, self-test of %2</source>
        <translation>Cycast Desktop %1, autotest du %2</translation>
    </message>
    <message>
        <source>%1 bytes/s of %2</source>
        <translation>%1 octets/s sur %2</translation>
    </message>
    <message>
        <source>%1 MB of %2 expected</source>
        <translation>%1 Mo sur %2 prévus</translation>
    </message>
    <message>
        <source>Listeners: %1, buffer size: %2 MB, bitrate: %3 kbit/s</source>
        <translation>Auditeurs : %1, taille du tampon : %2 Mo, débit : %3 kbit/s</translation>
    </message>
    <message>
        <source>Done. The verdicts are those of the tuning guide.</source>
        <translation>Fini. Les verdicts sont ceux du guide de réglage.</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Connexions</translation>
    </message>
    <message>
        <source>%1 of %2 allowed</source>
        <translation>%1 sur %2 autorisées</translation>
    </message>
    <message>
        <source>Speed of the processor</source>
        <translation>Vitesse du processeur</translation>
    </message>
    <message>
        <source>Heat and power</source>
        <translation>Chaleur et alimentation</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorité</translation>
    </message>
    <message>
        <source>https</source>
        <translation>https</translation>
    </message>
    <message>
        <source>nice %1, processors %2</source>
        <translation>nice %1, processeurs %2</translation>
    </message>
</context>
<context>
    <name>SelfTestProbe</name>
    <message>
        <source>The station did not let the test listen: %1.</source>
        <translation>La station n’a pas laissé le test écouter : %1.</translation>
    </message>
    <message>
        <source>No audio came within %1 s.</source>
        <translation>Aucun son n’est venu en %1 s.</translation>
    </message>
    <message>
        <source>Go on air first: the test listens to your own station.</source>
        <translation>Passez d’abord à l’antenne : le test écoute votre propre station.</translation>
    </message>
    <message>
        <source>The station&apos;s answer cannot be understood.</source>
        <translation>La réponse de la station est incompréhensible.</translation>
    </message>
    <message>
        <source>The station answered “%1”.</source>
        <translation>La station a répondu « %1 ».</translation>
    </message>
    <message>
        <source>The station went off the air during the test.</source>
        <translation>La station a quitté l’antenne pendant le test.</translation>
    </message>
</context>
<context>
    <name>SessionStore</name>
    <message>
        <source>The session cannot be saved in %1: %2.</source>
        <translation>La session ne peut être enregistrée dans %1 : %2.</translation>
    </message>
    <message>
        <source>The session of last time cannot be read (%1). It was put aside as %2.</source>
        <translation>La session de la dernière fois ne peut être lue (%1). Elle a été mise de côté sous %2.</translation>
    </message>
    <message>
        <source>The session of last time in %1 cannot be read: %2.</source>
        <translation>La session de la dernière fois dans %1 ne peut être lue : %2.</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>In the settings file: %1</source>
        <translation>Dans le fichier de réglages : %1</translation>
    </message>
    <message>
        <source>Note: %1</source>
        <translation>Note : %1</translation>
    </message>
    <message>
        <source>Takes effect: %1.</source>
        <translation>Prend effet : %1.</translation>
    </message>
    <message>
        <source>Unit: %1.</source>
        <translation>Unité : %1.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Address to listen on</source>
        <translation>Adresse d’écoute</translation>
    </message>
    <message>
        <source>0.0.0.0 is every network of this computer, IPv4 and IPv6. 127.0.0.1 is this computer only.</source>
        <translation>0.0.0.0 est chaque réseau de cet ordinateur, IPv4 et IPv6. 127.0.0.1 est cet ordinateur seul.</translation>
    </message>
    <message>
        <source>Port for live sources</source>
        <translation>Port des sources en direct</translation>
    </message>
    <message>
        <source>Where Mixxx, BUTT and other broadcasting programs connect.</source>
        <translation>Où se connectent Mixxx, BUTT et les autres programmes d’émission.</translation>
    </message>
    <message>
        <source>Port for listeners</source>
        <translation>Port des auditeurs</translation>
    </message>
    <message>
        <source>For players, the web page and the API. Listeners who are connected stay when it changes.</source>
        <translation>Pour les lecteurs, la page web et l’API. Les auditeurs connectés restent quand il change.</translation>
    </message>
    <message>
        <source>Pass phrase for live sources</source>
        <translation>Mot de passe des sources en direct</translation>
    </message>
    <message>
        <source>Whoever knows it can go live on this station. It is never shown in logs.</source>
        <translation>Qui le connaît peut passer en direct sur cette station. Il n’apparaît jamais dans les journaux.</translation>
    </message>
    <message>
        <source>Path of the stream</source>
        <translation>Chemin du flux</translation>
    </message>
    <message>
        <source>The end of the stream&apos;s address; it begins with a slash, as in /stream.</source>
        <translation>La fin de l’adresse du flux ; il commence par une barre, comme dans /stream.</translation>
    </message>
    <message>
        <source>Buffer size</source>
        <translation>Taille du tampon</translation>
    </message>
    <message>
        <source>Larger: listeners may pause longer and stalls of a live source are ridden out. Smaller: less memory, and above 20 MB less delay of live shows.</source>
        <translation>Plus grand : les auditeurs peuvent faire des pauses plus longues et les arrêts d’une source en direct sont absorbés. Plus petit : moins de mémoire, et au-dessus de 20 Mo moins de retard des directs.</translation>
    </message>
    <message>
        <source>Cushion for live sources</source>
        <translation>Coussin des sources en direct</translation>
    </message>
    <message>
        <source>How long live audio is held back to bridge stalls of the source. -1 is automatic: nothing up to 20 MB of buffer, and 20 ms more for each MB above.</source>
        <translation>Combien de temps le son en direct est retenu pour couvrir les arrêts de la source. -1 est automatique : rien jusqu’à 20 Mo de tampon, et 20 ms de plus par Mo au-dessus.</translation>
    </message>
    <message>
        <source>Music folder</source>
        <translation>Dossier de musique</translation>
    </message>
    <message>
        <source>Played when nobody is live. A relative path starts at the folder of this file.</source>
        <translation>Joué quand personne n’est en direct. Un chemin relatif part du dossier de ce fichier.</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>Aléatoire</translation>
    </message>
    <message>
        <source>Plays the tracks in random order.</source>
        <translation>Joue les titres dans un ordre aléatoire.</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Répéter</translation>
    </message>
    <message>
        <source>Starts again after the last track. Off: silence follows it.</source>
        <translation>Recommence après le dernier titre. Arrêt : le silence suit.</translation>
    </message>
    <message>
        <source>File name extensions</source>
        <translation>Extensions de fichier</translation>
    </message>
    <message>
        <source>Which files of the music folder are tracks. Capital letters make no difference.</source>
        <translation>Quels fichiers du dossier de musique sont des titres. Les majuscules ne comptent pas.</translation>
    </message>
    <message>
        <source>After a live show</source>
        <translation>Après un direct</translation>
    </message>
    <message>
        <source>&quot;next&quot; goes on with the next track, &quot;resume&quot; with the one that was interrupted.</source>
        <translation>« next » continue avec le titre suivant, « resume » avec celui qui a été interrompu.</translation>
    </message>
    <message>
        <source>Chunk size</source>
        <translation>Taille des blocs</translation>
    </message>
    <message>
        <source>Larger: less CPU. Smaller: lower latency for live shows.</source>
        <translation>Plus grands : moins de CPU. Plus petits : moins de retard des directs.</translation>
    </message>
    <message>
        <source>Pause, buffer above 80 %</source>
        <translation>Pause, tampon au-dessus de 80 %</translation>
    </message>
    <message>
        <source>Shortest pause between two rounds of sending. Shorter: smoother. Longer: less CPU.</source>
        <translation>Pause la plus courte entre deux tours d’envoi. Plus courte : plus fluide. Plus longue : moins de CPU.</translation>
    </message>
    <message>
        <source>Pause, buffer 50 to 80 %</source>
        <translation>Pause, tampon de 50 à 80 %</translation>
    </message>
    <message>
        <source>The same while the buffer is more than half full.</source>
        <translation>La même quand le tampon est plus qu’à moitié plein.</translation>
    </message>
    <message>
        <source>Pause, buffer below 50 %</source>
        <translation>Pause, tampon au-dessous de 50 %</translation>
    </message>
    <message>
        <source>The same while the buffer is less than half full, as it is in everyday use.</source>
        <translation>La même quand le tampon est moins qu’à moitié plein, comme d’ordinaire.</translation>
    </message>
    <message>
        <source>Burst on connect</source>
        <translation>Rafale à la connexion</translation>
    </message>
    <message>
        <source>What a new listener gets at once, so that playing starts without a wait. -1 is automatic: four chunks.</source>
        <translation>Ce qu’un nouvel auditeur reçoit aussitôt, pour que la lecture commence sans attente. -1 est automatique : quatre blocs.</translation>
    </message>
    <message>
        <source>Station name</source>
        <translation>Nom de la station</translation>
    </message>
    <message>
        <source>Shown by players and on the web page.</source>
        <translation>Montré par les lecteurs et sur la page web.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>One line about the station.</source>
        <translation>Une ligne sur la station.</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>For example Jazz, or Talk.</source>
        <translation>Par exemple Jazz, ou Débat.</translation>
    </message>
    <message>
        <source>Web site</source>
        <translation>Site web</translation>
    </message>
    <message>
        <source>An address that begins with http:// or https://, or nothing.</source>
        <translation>Une adresse qui commence par http:// ou https://, ou rien.</translation>
    </message>
    <message>
        <source>Send titles in the stream</source>
        <translation>Envoyer les titres dans le flux</translation>
    </message>
    <message>
        <source>Players that ask for titles get them between the audio.</source>
        <translation>Les lecteurs qui demandent les titres les reçoivent entre le son.</translation>
    </message>
    <message>
        <source>Audio between two titles</source>
        <translation>Son entre deux titres</translation>
    </message>
    <message>
        <source>16000 is what players are used to.</source>
        <translation>16000 est ce dont les lecteurs ont l’habitude.</translation>
    </message>
    <message>
        <source>Most listeners at once</source>
        <translation>Maximum d’auditeurs à la fois</translation>
    </message>
    <message>
        <source>0 is no limit. Nobody who listens already is thrown out.</source>
        <translation>0 : pas de limite. Personne qui écoute déjà n’est mis dehors.</translation>
    </message>
    <message>
        <source>Most listeners from one address</source>
        <translation>Maximum d’auditeurs d’une adresse</translation>
    </message>
    <message>
        <source>0 is no limit. A household or an office behind one router counts as one address.</source>
        <translation>0 : pas de limite. Un foyer ou un bureau derrière un routeur compte pour une adresse.</translation>
    </message>
    <message>
        <source>Patience with a silent source</source>
        <translation>Patience avec une source muette</translation>
    </message>
    <message>
        <source>A live source that sends nothing for so long is let go, and the playlist takes over.</source>
        <translation>Une source en direct qui n’envoie rien si longtemps est lâchée, et la liste prend la suite.</translation>
    </message>
    <message>
        <source>Patience with a slow request</source>
        <translation>Patience avec une requête lente</translation>
    </message>
    <message>
        <source>Whoever connects has so long to say what is wanted.</source>
        <translation>Qui se connecte a ce temps pour dire ce qu’il veut.</translation>
    </message>
    <message>
        <source>Log every detail</source>
        <translation>Journaliser chaque détail</translation>
    </message>
    <message>
        <source>Every chunk read and sent, buffer fill and timing.</source>
        <translation>Chaque bloc lu et envoyé, le niveau du tampon et les temps.</translation>
    </message>
    <message>
        <source>Statistics for everybody</source>
        <translation>Statistiques pour tous</translation>
    </message>
    <message>
        <source>Off: /api/stats is refused to those who ask for it.</source>
        <translation>Arrêt : /api/stats est refusé à ceux qui le demandent.</translation>
    </message>
    <message>
        <source>Flask debug mode</source>
        <translation>Mode débogage de Flask</translation>
    </message>
    <message>
        <source>Kept for Cycast; without effect here.</source>
        <translation>Conservé pour Cycast ; sans effet ici.</translation>
    </message>
    <message>
        <source>Flask secret key</source>
        <translation>Clé secrète de Flask</translation>
    </message>
    <message>
        <source>Alarm after silence of</source>
        <translation>Alarme après un silence de</translation>
    </message>
    <message>
        <source>A built-in listener checks what people hear. Silence for longer rings the alarm; 0 is no alarm.</source>
        <translation>Un auditeur intégré vérifie ce que les gens entendent. Un silence plus long déclenche l’alarme ; 0 : pas d’alarme.</translation>
    </message>
    <message>
        <source>Skip silent tracks</source>
        <translation>Passer les titres muets</translation>
    </message>
    <message>
        <source>With the alarm the playlist moves on to its next track by itself.</source>
        <translation>Avec l’alarme la liste passe d’elle-même à son titre suivant.</translation>
    </message>
    <message>
        <source>Further people who may go live</source>
        <translation>Autres personnes qui peuvent passer en direct</translation>
    </message>
    <message>
        <source>Each with a user name and a pass phrase of their own, as in anna:blue river stone. The user &quot;source&quot; stays.</source>
        <translation>Chacune avec son nom d’utilisateur et son mot de passe, comme anna:pierre fleuve bleu. L’utilisateur « source » reste.</translation>
    </message>
    <message>
        <source>Pass phrase for the admin pages</source>
        <translation>Mot de passe des pages d’administration</translation>
    </message>
    <message>
        <source>For programs that ask as user &quot;admin&quot;, such as Icecast statistics. Empty: the admin pages are closed.</source>
        <translation>Pour les programmes qui demandent comme utilisateur « admin », comme les statistiques d’Icecast. Vide : les pages d’administration sont fermées.</translation>
    </message>
    <message>
        <source>Admin pages answer to</source>
        <translation>Les pages d’administration répondent à</translation>
    </message>
    <message>
        <source>Web servers in front of this one</source>
        <translation>Serveurs web devant celui-ci</translation>
    </message>
    <message>
        <source>Certificate for https</source>
        <translation>Certificat pour https</translation>
    </message>
    <message>
        <source>A PEM file with the certificate and those between it and its authority. Both ports then answer https as well; http goes on beside it. Empty: no https.</source>
        <translation>Un fichier PEM avec le certificat et ceux qui le relient à son autorité. Les deux ports répondent alors aussi en https ; http continue à côté. Vide : pas de https.</translation>
    </message>
    <message>
        <source>Private key for https</source>
        <translation>Clé privée pour https</translation>
    </message>
    <message>
        <source>A PEM file without a pass phrase. Empty: it is in the certificate&apos;s file.</source>
        <translation>Un fichier PEM sans mot de passe. Vide : elle est dans le fichier du certificat.</translation>
    </message>
    <message>
        <source>Format of the stream</source>
        <translation>Format du flux</translation>
    </message>
    <message>
        <source>mp3 plays everywhere. aac and opus sound better at low bitrates. Another format is another stream: whoever listens is disconnected at that moment, and most players come back by themselves.</source>
        <translation>mp3 se lit partout. aac et opus sonnent mieux à bas débit. Un autre format est un autre flux : qui écoute est déconnecté à ce moment, et la plupart des lecteurs reviennent d’eux-mêmes.</translation>
    </message>
    <message>
        <source>Bitrate</source>
        <translation>Débit</translation>
    </message>
    <message>
        <source>Of everything that is not passed on as it is. Nobody is disconnected.</source>
        <translation>De tout ce qui n’est pas transmis tel quel. Personne n’est déconnecté.</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>Fréquence d’échantillonnage</translation>
    </message>
    <message>
        <source>44100 is that of CDs and of most MP3s; opus needs 48000. Nobody is disconnected, but some players stumble at the change.</source>
        <translation>44100 est celle des CD et de la plupart des MP3 ; opus demande 48000. Personne n’est déconnecté, mais certains lecteurs trébuchent au changement.</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Canaux</translation>
    </message>
    <message>
        <source>1 is mono, for speech at low bitrates; 2 is stereo.</source>
        <translation>1 est mono, pour la parole à bas débit ; 2 est stéréo.</translation>
    </message>
    <message>
        <source>Pass on as it is up to</source>
        <translation>Transmettre tel quel jusqu’à</translation>
    </message>
    <message>
        <source>A file in the stream&apos;s own format is sent bit for bit when its bitrate is no higher. 0 encodes every file.</source>
        <translation>Un fichier au format du flux est envoyé bit pour bit si son débit n’est pas plus élevé. 0 encode chaque fichier.</translation>
    </message>
    <message>
        <source>Live sources in another format</source>
        <translation>Sources en direct dans un autre format</translation>
    </message>
    <message>
        <source>Crossfade</source>
        <translation>Fondu enchaîné</translation>
    </message>
    <message>
        <source>How long one track fades into the next. Above 0 every file is encoded.</source>
        <translation>Combien de temps un titre se fond dans le suivant. Au-dessus de 0 chaque fichier est encodé.</translation>
    </message>
    <message>
        <source>Cut silence at the ends of tracks</source>
        <translation>Couper le silence aux extrémités des titres</translation>
    </message>
    <message>
        <source>When it is on every file is encoded.</source>
        <translation>En marche, chaque fichier est encodé.</translation>
    </message>
    <message>
        <source>Make all tracks equally loud</source>
        <translation>Mettre tous les titres au même niveau</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>Sonie</translation>
    </message>
    <message>
        <source>-16 suits streams. Closer to 0 is louder and squeezes the peaks.</source>
        <translation>-16 convient aux flux. Plus près de 0 est plus fort et écrase les crêtes.</translation>
    </message>
    <message>
        <source>Highest peak</source>
        <translation>Crête maximale</translation>
    </message>
    <message>
        <source>Levelling never lifts the true peak of a track above this, so that nothing is clipped.</source>
        <translation>La mise à niveau n’élève jamais la crête vraie d’un titre au-dessus, pour que rien ne sature.</translation>
    </message>
    <message>
        <source>Folder of jingles</source>
        <translation>Dossier de jingles</translation>
    </message>
    <message>
        <source>One of its files is played between two tracks, in turn. Empty: no jingles.</source>
        <translation>Un de ses fichiers est joué entre deux titres, à tour de rôle. Vide : pas de jingles.</translation>
    </message>
    <message>
        <source>A jingle after so many songs</source>
        <translation>Un jingle après tant de titres</translation>
    </message>
    <message>
        <source>0 does not count songs.</source>
        <translation>0 ne compte pas les titres.</translation>
    </message>
    <message>
        <source>A jingle after so many minutes</source>
        <translation>Un jingle après tant de minutes</translation>
    </message>
    <message>
        <source>At the end of the track that is heard then; none is interrupted. 0 does not count minutes.</source>
        <translation>À la fin du titre qui passe alors ; aucun n’est interrompu. 0 ne compte pas les minutes.</translation>
    </message>
    <message>
        <source>Record every broadcast</source>
        <translation>Enregistrer chaque émission</translation>
    </message>
    <message>
        <source>What listeners get, byte for byte, from going on the air to going off.</source>
        <translation>Ce que reçoivent les auditeurs, octet pour octet, du début à la fin de l’antenne.</translation>
    </message>
    <message>
        <source>Folder for recordings</source>
        <translation>Dossier des enregistrements</translation>
    </message>
    <message>
        <source>Empty is the folder Cycast in your music folder.</source>
        <translation>Vide : le dossier Cycast dans votre dossier de musique.</translation>
    </message>
    <message>
        <source>A new file for each</source>
        <translation>Un nouveau fichier pour chaque</translation>
    </message>
    <message>
        <source>&quot;show&quot; begins a file when a live programme takes over and when it ends, &quot;track&quot; with every title.</source>
        <translation>« show » commence un fichier quand un direct prend l’antenne et quand il finit, « track » à chaque titre.</translation>
    </message>
    <message>
        <source>CUE sheet</source>
        <translation>Feuille CUE</translation>
    </message>
    <message>
        <source>A small text file beside the recording that says which title begins where.</source>
        <translation>Un petit fichier texte à côté de l’enregistrement qui dit où commence chaque titre.</translation>
    </message>
    <message>
        <source>Watch the music folders</source>
        <translation>Surveiller les dossiers de musique</translation>
    </message>
    <message>
        <source>New files in a folder of the playlist join it by themselves, and files that are gone are greyed until they are back.</source>
        <translation>Les nouveaux fichiers d’un dossier de la liste s’y ajoutent d’eux-mêmes, et ceux qui manquent sont grisés jusqu’à leur retour.</translation>
    </message>
    <message>
        <source>Strict ports</source>
        <translation>Ports stricts</translation>
    </message>
    <message>
        <source>Off: sources and listeners are served on either port. On: each on its own only; Shoutcast encoders then need the port before the one for live sources.</source>
        <translation>Arrêt : sources et auditeurs sont servis sur les deux ports. Marche : chacun seulement sur le sien ; les encodeurs Shoutcast ont alors besoin du port qui précède celui des sources en direct.</translation>
    </message>
    <message>
        <source>By their ReplayGain or R128 tags, or as measured (EBU R 128). Files are never changed; MP3 and AAC that are passed on as they are get another gain in their frames, without a loss.</source>
        <translation>Selon leurs étiquettes ReplayGain ou R128, ou la mesure (EBU R 128). Les fichiers ne sont jamais changés ; les MP3 et AAC transmis tels quels reçoivent un autre gain dans leurs trames, sans perte.</translation>
    </message>
    <message>
        <source>Who may ask for them at all. The pass phrase is needed everywhere.</source>
        <translation>Qui peut les demander. Le mot de passe est nécessaire partout.</translation>
    </message>
    <message>
        <source>What is sent as it comes may be another kind of stream: then listeners have to connect anew.</source>
        <translation>Ce qui est diffusé tel quel peut être un autre type de flux : les auditeurs doivent alors se reconnecter.</translation>
    </message>
    <message>
        <source>Most connections that do not listen</source>
        <translation>Nombre maximal de connexions qui n’écoutent pas</translation>
    </message>
    <message>
        <source>Requests, pages and programs that ask for figures. 0 is no limit. When it is reached, those who have been connected for longest have to go; nobody who listens.</source>
        <translation>Requêtes, pages et programmes qui demandent des chiffres. 0 : pas de limite. Quand elle est atteinte, les plus anciennement connectés doivent partir ; personne qui écoute.</translation>
    </message>
    <message>
        <source>The same from one address</source>
        <translation>De même depuis une adresse</translation>
    </message>
    <message>
        <source>0 is no limit. Trusted proxies have none.</source>
        <translation>0 : pas de limite. Les proxys de confiance n’en ont pas.</translation>
    </message>
    <message>
        <source>Second certificate for https</source>
        <translation>Second certificat pour https</translation>
    </message>
    <message>
        <source>With a key of another kind: RSA for old players beside a short and quick one (ECDSA). Each player is shown the one it understands. Empty: there is one.</source>
        <translation>Avec une clé d’un autre genre : RSA pour d’anciens lecteurs à côté d’une courte et rapide (ECDSA). Chaque lecteur voit celui qu’il comprend. Vide : il y en a un.</translation>
    </message>
    <message>
        <source>Private key of the second one</source>
        <translation>Clé privée du second</translation>
    </message>
    <message>
        <source>A PEM file without a pass phrase. Empty: it is in that certificate&apos;s file.</source>
        <translation>Un fichier PEM sans phrase de passe. Vide : elle est dans le fichier de ce certificat.</translation>
    </message>
    <message>
        <source>Gathering of live sound</source>
        <translation>Accumulation du son en direct</translation>
    </message>
    <message>
        <source>How long live sound waits to be sent in one piece. -1 is automatic: by the chunk size, and up to a second where a very large crowd would take more than half of a processor.</source>
        <translation>Combien de temps le son en direct attend d’être envoyé d’un bloc. -1 est automatique : selon la taille des blocs, et jusqu’à une seconde là où une très grande audience occuperait plus de la moitié d’un processeur.</translation>
    </message>
    <message>
        <source>Requests for pages from one address</source>
        <translation>Demandes de pages par adresse</translation>
    </message>
    <message>
        <source>In a second, on the average; further ones are told to come back later. 0 is no limit. The stream itself is not counted.</source>
        <translation>En une seconde, en moyenne ; les suivantes sont priées de revenir plus tard. 0 : pas de limite. Le flux lui-même ne compte pas.</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorité</translation>
    </message>
    <message>
        <source>How far Cycast goes before other programs: 0 as all others, -10 well before them, -20 the most. The self-test says whether this computer permits it.</source>
        <translation>De combien Cycast passe devant les autres programmes : 0 comme tous, -10 nettement, -20 le plus. L’autotest dit si cet ordinateur le permet.</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>Processeurs</translation>
    </message>
    <message>
        <source>Those that Cycast may use, counted from 0: &quot;2,3&quot; or &quot;0-1&quot;. Empty: all of them.</source>
        <translation>Ceux que Cycast peut utiliser, comptés à partir de 0 : « 2,3 » ou « 0-1 ». Vide : tous.</translation>
    </message>
    <message>
        <source>Call when the address changes</source>
        <translation>Appeler quand l’adresse change</translation>
    </message>
    <message>
        <source>The update address of your dynamic name (DuckDNS, No-IP, deSEC and others); {ip} and {ip6} stand for the new addresses. It usually holds a secret and is never shown in logs.</source>
        <translation>L’adresse de mise à jour de votre nom dynamique (DuckDNS, No-IP, deSEC et d’autres) ; {ip} et {ip6} tiennent lieu des nouvelles adresses. Elle contient en général un secret et n’apparaît jamais dans les journaux.</translation>
    </message>
    <message>
        <source>List the station publicly</source>
        <translation>Inscrire la station publiquement</translation>
    </message>
    <message>
        <source>In the directory below, while it is on the air and people outside can reach it.</source>
        <translation>Dans l’annuaire ci-dessous, tant qu’elle est à l’antenne et joignable de l’extérieur.</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Annuaire</translation>
    </message>
    <message>
        <source>One that understands the YP protocol, as Xiph&apos;s does.</source>
        <translation>Un annuaire qui comprend le protocole YP, comme celui de Xiph.</translation>
    </message>
    <message>
        <source>radio-browser.info and others that ask</source>
        <translation>radio-browser.info et d’autres qui demandent</translation>
    </message>
    <message>
        <source>They read what the stream says of itself, every other day. The first entry is made by hand at radio-browser.info.</source>
        <translation>Ils lisent tous les deux jours ce que le flux dit de lui-même. La première inscription se fait à la main sur radio-browser.info.</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logo</translation>
    </message>
    <message>
        <source>The address of a picture, which begins with http:// or https://.</source>
        <translation>L’adresse d’une image, qui commence par http:// ou https://.</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Pays</translation>
    </message>
    <message>
        <source>Two letters, as in DE; with a part of the country as in DE-HH.</source>
        <translation>Deux lettres, comme DE ; avec une partie du pays, comme DE-HH.</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>Langues</translation>
    </message>
    <message>
        <source>Two or three letters each, as in de or en.</source>
        <translation>Deux ou trois lettres chacune, comme de ou en.</translation>
    </message>
    <message>
        <source>Place on the map</source>
        <translation>Lieu sur la carte</translation>
    </message>
    <message>
        <source>Latitude and longitude, as in 53.55,9.99. Everybody can read it: a town is enough.</source>
        <translation>Latitude et longitude, comme 53.55,9.99. Tout le monde peut le lire : une ville suffit.</translation>
    </message>
    <message>
        <source>Get a certificate by itself</source>
        <translation>Se procurer un certificat</translation>
    </message>
    <message>
        <source>From the authority below, free of charge, and renew it in time. Port 80 or 443 of the public address has to lead here while that is done.</source>
        <translation>Auprès de l’autorité ci-dessous, gratuitement, et le renouveler à temps. Le port 80 ou 443 de l’adresse publique doit mener ici pendant ce temps.</translation>
    </message>
    <message>
        <source>For the name</source>
        <translation>Pour le nom</translation>
    </message>
    <message>
        <source>A host name that leads to this computer, as in radio.example.org, or its address in the internet. Empty: the host of the public address.</source>
        <translation>Un nom d’hôte qui mène à cet ordinateur, comme radio.example.org, ou son adresse sur internet. Vide : l’hôte de l’adresse publique.</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>Autorité</translation>
    </message>
    <message>
        <source>The directory address of a certificate authority (ACME); Let’s Encrypt if you have no other.</source>
        <translation>L’adresse d’annuaire d’une autorité de certification (ACME) ; Let’s Encrypt si vous n’en avez pas d’autre.</translation>
    </message>
    <message>
        <source>Tried first at</source>
        <translation>Essayé d’abord auprès de</translation>
    </message>
    <message>
        <source>The first certificate is asked for here, for nothing: who fails too often at the real authority is locked out. Empty: no rehearsal.</source>
        <translation>Le premier certificat est demandé ici, à titre d’essai : qui échoue trop souvent auprès de la véritable autorité est exclu. Vide : pas de répétition.</translation>
    </message>
    <message>
        <source>Public address</source>
        <translation>Adresse publique</translation>
    </message>
    <message>
        <source>Where people outside reach the station, as in https://radio.example.org or http://203.0.113.7:8001. Every link that is shown to them begins with it. Empty: what was found out.</source>
        <translation>Où l’on joint la station de l’extérieur, comme https://radio.example.org ou http://203.0.113.7:8001. Chaque lien montré commence par elle. Vide : ce qui a été découvert.</translation>
    </message>
    <message>
        <source>Their addresses, such as 127.0.0.1 for nginx on this computer, or a subnet. The listener&apos;s address is then the one that they report (X-Forwarded-For, or the PROXY protocol).</source>
        <translation>Leurs adresses, comme 127.0.0.1 pour nginx sur cet ordinateur, ou un sous-réseau. L’adresse de l’auditeur est alors celle qu’ils signalent (X-Forwarded-For ou le protocole PROXY).</translation>
    </message>
    <message>
        <source>Let the router pass listeners on</source>
        <translation>Le routeur laisse passer les auditeurs</translation>
    </message>
    <message>
        <source>While the station is on the air, one port of the router leads here (UPnP, NAT-PMP or PCP). It is given back when it goes off the air. Share says how it stands.</source>
        <translation>Tant que la station est à l&apos;antenne, un port du routeur mène ici (UPnP, NAT-PMP ou PCP). Il est rendu à la fin de la diffusion. « Partager » dit où l&apos;on en est.</translation>
    </message>
</context>
<context>
    <name>SettingsApplier</name>
    <message>
        <source>settings</source>
        <translation>réglages</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Chercher un réglage</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>With these settings</source>
        <translation>Avec ces réglages</translation>
    </message>
    <message>
        <source>&amp;Reset page</source>
        <translation>&amp;Réinitialiser la page</translation>
    </message>
    <message>
        <source>Puts the defaults into this page. Nothing changes until they are applied.</source>
        <translation>Met les valeurs par défaut dans cette page. Rien ne change avant leur application.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>&amp;Apply live</source>
        <translation>&amp;Appliquer en direct</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importer…</translation>
    </message>
    <message>
        <source>Takes over the settings file of a Cycast or an Icecast server.</source>
        <translation>Reprend le fichier de réglages d’un serveur Cycast ou Icecast.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>%1 (%2 to fix)</source>
        <translation>%1 (%2 à corriger)</translation>
    </message>
    <message>
        <source>latency ≈ %1 live  ·  %2 MB = %3 at %4 kbit/s  ·  CPU ≈ %5 % at 100 listeners</source>
        <translation>retard ≈ %1 en direct  ·  %2 Mo = %3 à %4 kbit/s  ·  CPU ≈ %5 % à 100 auditeurs</translation>
    </message>
    <message>
        <source>This page shows the defaults. Apply them to make them count.</source>
        <translation>Cette page montre les valeurs par défaut. Appliquez-les pour qu’elles comptent.</translation>
    </message>
    <message>
        <source>This page holds the defaults already.</source>
        <translation>Cette page contient déjà les valeurs par défaut.</translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation>Importer des réglages</translation>
    </message>
    <message>
        <source>Settings of Cycast or Icecast (*.hcl *.xml)</source>
        <translation>Réglages de Cycast ou Icecast (*.hcl *.xml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 ne peut être lu : %2.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>Read from a settings file of %1. Look at the pages, then apply.

Taken: %2.

Has nothing like it here: %3.

Not in that file, stays as it is: %4.</source>
        <translation>Lu dans un fichier de réglages de %1. Regardez les pages, puis appliquez.

Repris : %2.

Sans équivalent ici : %3.

Absent de ce fichier, reste tel quel : %4.</translation>
    </message>
    <message>
        <source>Nothing to apply: these settings are in force.</source>
        <translation>Rien à appliquer : ces réglages sont en vigueur.</translation>
    </message>
    <message>
        <source>Applied live. Nobody is disconnected.</source>
        <translation>Appliqué en direct. Personne n’est déconnecté.</translation>
    </message>
    <message>
        <source>Settings were changed elsewhere. What you have not edited shows them.</source>
        <translation>Des réglages ont été changés ailleurs. Ce que vous n’avez pas modifié les montre.</translation>
    </message>
    <message>
        <source>Not applied. The fields to fix say what is wrong.</source>
        <translation>Pas appliqué. Les champs à corriger disent ce qui ne va pas.</translation>
    </message>
    <message>
        <source>Not applied. %1</source>
        <translation>Pas appliqué. %1</translation>
    </message>
    <message>
        <source>Applied live. Whoever listens has to connect to the new stream.</source>
        <translation>Appliqué aussitôt. Les auditeurs doivent se connecter au nouveau flux.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>À cet ordinateur</translation>
    </message>
    <message>
        <source>The local network</source>
        <translation>Au réseau local</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>À tous</translation>
    </message>
    <message>
        <source>Play the next track</source>
        <translation>Jouer le morceau suivant</translation>
    </message>
    <message>
        <source>Resume the interrupted one</source>
        <translation>Reprendre le morceau interrompu</translation>
    </message>
    <message>
        <source>Convert to the station’s format</source>
        <translation>Convertir au format de la station</translation>
    </message>
    <message>
        <source>Send it as it comes</source>
        <translation>Les diffuser telles quelles</translation>
    </message>
    <message>
        <source>One for each show</source>
        <translation>Un par émission</translation>
    </message>
    <message>
        <source>One for each title</source>
        <translation>Un par titre</translation>
    </message>
    <message>
        <source>Are told nothing</source>
        <translation>Rien ne leur est dit</translation>
    </message>
    <message>
        <source>May list the station</source>
        <translation>Peuvent inscrire la station</translation>
    </message>
    <message>
        <source>Are asked to stay away</source>
        <translation>Sont priés de s’abstenir</translation>
    </message>
</context>
<context>
    <name>SettingsPages</name>
    <message>
        <source>No setting matches the search.</source>
        <translation>Aucun réglage ne correspond à la recherche.</translation>
    </message>
</context>
<context>
    <name>ShareDialog</name>
    <message>
        <source>Works on this computer only: it has no network address at the moment. Connect it to your Wi-Fi or router to let others listen.</source>
        <translation>Fonctionne sur cet ordinateur seulement : il n’a pas d’adresse réseau pour l’instant. Connectez-le à votre Wi-Fi ou routeur pour que d’autres écoutent.</translation>
    </message>
    <message>
        <source>Works for everyone who can reach the name %1.</source>
        <translation>Fonctionne pour tous ceux qui peuvent joindre le nom %1.</translation>
    </message>
    <message>
        <source>This address belongs to a shared network of your provider or to a private tunnel: people in the same network can listen, the internet cannot.</source>
        <translation>Cette adresse appartient à un réseau partagé de votre fournisseur ou à un tunnel privé : les gens du même réseau peuvent écouter, internet non.</translation>
    </message>
    <message>
        <source>Works for everyone in your home network (the same Wi-Fi or router). For people outside, forward the port on your router and give them your public address.</source>
        <translation>Fonctionne pour tous dans votre réseau domestique (même Wi-Fi ou routeur). Pour les gens du dehors, redirigez le port sur votre routeur et donnez-leur votre adresse publique.</translation>
    </message>
    <message>
        <source>This is a public address: people anywhere can listen, as long as no firewall closes the port.</source>
        <translation>C’est une adresse publique : on peut écouter de partout, tant qu’aucun pare-feu ne ferme le port.</translation>
    </message>
    <message>
        <source>Share your station</source>
        <translation>Partager votre station</translation>
    </message>
    <message>
        <source>Point a phone&apos;s camera here to listen.</source>
        <translation>Visez ici avec un téléphone pour écouter.</translation>
    </message>
    <message>
        <source>&amp;Web page with player</source>
        <translation>Page &amp;web avec lecteur</translation>
    </message>
    <message>
        <source>&amp;Stream, for players and radios</source>
        <translation>&amp;Flux, pour lecteurs et radios</translation>
    </message>
    <message>
        <source>&amp;Playlist file, for players</source>
        <translation>&amp;Liste, pour lecteurs</translation>
    </message>
    <message>
        <source>On &amp;this computer</source>
        <translation>Sur cet &amp;ordinateur</translation>
    </message>
    <message>
        <source>Another address</source>
        <translation>Une autre adresse</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Copier : %1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Use &amp;https…</source>
        <translation>Utiliser h&amp;ttps…</translation>
    </message>
    <message>
        <source>The first addresses are for everybody, those below for your home network: many routers do not lead back to the public address.</source>
        <translation>Les premières adresses sont pour tous, celles du dessous pour votre réseau domestique : beaucoup de routeurs ne ramènent pas à l’adresse publique.</translation>
    </message>
    <message>
        <source>For everybody</source>
        <translation>Pour tous</translation>
    </message>
    <message>
        <source>In your home network</source>
        <translation>Dans votre réseau domestique</translation>
    </message>
    <message>
        <source>W&amp;eb page at home</source>
        <translation>Page w&amp;eb chez vous</translation>
    </message>
    <message>
        <source>St&amp;ream at home</source>
        <translation>Flu&amp;x chez vous</translation>
    </message>
    <message>
        <source>Let people &amp;outside listen…</source>
        <translation>Faire écouter les gens du de&amp;hors…</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>In the playlist</source>
        <translation>Dans la liste</translation>
    </message>
    <message>
        <source>Play from the selected track</source>
        <translation>Jouer à partir du titre choisi</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Leave the search</source>
        <translation>Quitter la recherche</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
</context>
<context>
    <name>StationStatusBar</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Retard</translation>
    </message>
    <message>
        <source>Running time</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Preset: %1</source>
        <translation>Préréglage : %1</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Personnalisé</translation>
    </message>
    <message>
        <source>The values of this preset are in force.</source>
        <translation>Les valeurs de ce préréglage sont en vigueur.</translation>
    </message>
    <message>
        <source>The values in force are no preset&apos;s. The Presets menu has some to start from.</source>
        <translation>Les valeurs en vigueur ne sont celles d’aucun préréglage. Le menu Préréglages en a pour commencer.</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>Memory of this application, with a buffer of %1 MB.</source>
        <translation>Mémoire de cette application, avec un tampon de %1 Mo.</translation>
    </message>
    <message>
        <source>latency ≈ %1</source>
        <translation>retard ≈ %1</translation>
    </message>
    <message>
        <source>latency –</source>
        <translation>retard –</translation>
    </message>
    <message>
        <source>Known once you are on the air.</source>
        <translation>Connu dès que vous êtes à l’antenne.</translation>
    </message>
    <message>
        <source>up %1</source>
        <translation>depuis %1</translation>
    </message>
    <message>
        <source>off air</source>
        <translation>hors antenne</translation>
    </message>
    <message>
        <source>How long this broadcast has been running.</source>
        <translation>Depuis combien de temps dure cette émission.</translation>
    </message>
    <message>
        <source>Nobody can listen now.</source>
        <translation>Personne ne peut écouter maintenant.</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>● recording %1 · %2</source>
        <translation>● enregistre %1 · %2</translation>
    </message>
    <message>
        <source>What listeners get is being recorded.</source>
        <translation>Ce que reçoivent les auditeurs est enregistré.</translation>
    </message>
    <message>
        <source>records on the air</source>
        <translation>enregistre à l’antenne</translation>
    </message>
    <message>
        <source>The recording begins when you go on the air.</source>
        <translation>L’enregistrement commence quand vous passez à l’antenne.</translation>
    </message>
    <message>
        <source>recording stopped</source>
        <translation>enregistrement arrêté</translation>
    </message>
</context>
<context>
    <name>SuspendInhibitor</name>
    <message>
        <source>The station is on the air</source>
        <translation>La station est à l’antenne</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>&amp;Show the window</source>
        <translation>&amp;Montrer la fenêtre</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>Cycast Desktop</source>
        <translation>Cycast Desktop</translation>
    </message>
    <message>
        <source>Off the air</source>
        <translation>Hors antenne</translation>
    </message>
    <message>
        <source>ON AIR, %1</source>
        <translation>À L’ANTENNE, %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n more since)</source>
        <translation>
            <numerusform>%1 (et %n autre depuis)</numerusform>
            <numerusform>%1 (et %n autres depuis)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UserPresets</name>
    <message>
        <source>Byte %1: %2.</source>
        <translation>Octet %1 : %2.</translation>
    </message>
    <message>
        <source>This is no file of presets.</source>
        <translation>Ce n’est pas un fichier de préréglages.</translation>
    </message>
    <message>
        <source>A preset has no name.</source>
        <translation>Un préréglage n’a pas de nom.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1 : %2</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1 n’a pas pu être écrit: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 ne peut être lu : %2.</translation>
    </message>
</context>
<context>
    <name>UserPresetsDialog</name>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Renommer</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exporter…</translation>
    </message>
    <message>
        <source>Your presets</source>
        <translation>Vos préréglages</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importer…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>Exporter les préréglages</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>Importer des préréglages</translation>
    </message>
    <message>
        <source>Presets (*.json)</source>
        <translation>Préréglages (*.json)</translation>
    </message>
    <message>
        <source>Saved in %1.</source>
        <translation>Enregistré dans %1.</translation>
    </message>
    <message>
        <source>Taken over.</source>
        <translation>Repris.</translation>
    </message>
</context>
<context>
    <name>WindowDialogs</name>
    <message>
        <source>About Cycast Desktop</source>
        <translation>À propos de Cycast Desktop</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Cycast Desktop %1&lt;/h3&gt;&lt;p&gt;Your own internet radio station, on your own computer.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later. Built with Qt %2.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Cycast Desktop %1&lt;/h3&gt;&lt;p&gt;Votre propre radio internet, sur votre propre ordinateur.&lt;/p&gt;&lt;p&gt;Logiciel libre sous licence publique générale GNU, version 3 ou ultérieure. Construit avec Qt %2.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>cycast</name>
    <message>
        <source>Another program</source>
        <translation>Un autre programme</translation>
    </message>
    <message>
        <source>In Mixxx: Options, Preferences, Live Broadcasting. Then switch on Options, Enable Live Broadcasting.</source>
        <translation>Dans Mixxx : Options, Préférences, Diffusion en direct. Puis activez Options, Activer la diffusion en direct.</translation>
    </message>
    <message>
        <source>In BUTT: Settings, Main, Server, Add. Then press the play button.</source>
        <translation>Dans BUTT : Settings, Main, Server, Add. Puis appuyez sur lecture.</translation>
    </message>
    <message>
        <source>VLC sends from the command line. Put your file in place of music.mp3.</source>
        <translation>VLC envoie depuis la ligne de commande. Mettez votre fichier à la place de music.mp3.</translation>
    </message>
    <message>
        <source>In OBS: Settings, Output, Advanced, Recording, type Custom Output (FFmpeg). Then press Start Recording.</source>
        <translation>Dans OBS : Paramètres, Sortie, Avancé, Enregistrement, type Sortie personnalisée (FFmpeg). Puis Démarrer l’enregistrement.</translation>
    </message>
    <message>
        <source>In a terminal. Put your file or input in place of music.flac.</source>
        <translation>Dans un terminal. Mettez votre fichier ou votre entrée à la place de music.flac.</translation>
    </message>
    <message>
        <source>Any program that can broadcast to an Icecast 2 server. It asks for some of these.</source>
        <translation>Tout programme qui peut émettre vers un serveur Icecast 2. Il demande certaines de ces valeurs.</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Serveur</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <source>Mount</source>
        <translation>Point de montage</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Bitrate</source>
        <translation>Débit</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Icecast mountpoint</source>
        <translation>Point de montage Icecast</translation>
    </message>
    <message>
        <source>Icecast user</source>
        <translation>Utilisateur Icecast</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>File path or URL</source>
        <translation>Chemin de fichier ou URL</translation>
    </message>
    <message>
        <source>Container format</source>
        <translation>Format du conteneur</translation>
    </message>
    <message>
        <source>Muxer settings</source>
        <translation>Réglages du multiplexeur</translation>
    </message>
    <message>
        <source>Audio bitrate</source>
        <translation>Débit audio</translation>
    </message>
    <message>
        <source>Audio encoder</source>
        <translation>Encodeur audio</translation>
    </message>
    <message>
        <source>Server type</source>
        <translation>Type de serveur</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Address in one</source>
        <translation>Adresse en une</translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Silence</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>EN DIRECT</translation>
    </message>
    <message>
        <source>LIVE · from %1</source>
        <translation>EN DIRECT · depuis %1</translation>
    </message>
    <message>
        <source>LIVE · %1</source>
        <translation>EN DIRECT · %1</translation>
    </message>
    <message>
        <source>LIVE · %1 from %2</source>
        <translation>EN DIRECT · %1 depuis %2</translation>
    </message>
</context>
<context>
    <name>cycast::bans</name>
    <message>
        <source>“%1” is no address. Write 192.0.2.7, or 192.0.2.0/24 for a subnet.</source>
        <translation>« %1 » n’est pas une adresse. Écrivez 192.0.2.7, ou 192.0.2.0/24 pour un sous-réseau.</translation>
    </message>
    <message>
        <source>player %1</source>
        <translation>lecteur %1</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>jusqu’au %1</translation>
    </message>
    <message>
        <source>for good</source>
        <translation>pour toujours</translation>
    </message>
</context>
<context>
    <name>cycast::humanize</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 j %2 h</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 o</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 ko</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 Mo</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 Go</translation>
    </message>
    <message>
        <source>%1 kB/s</source>
        <translation>%1 ko/s</translation>
    </message>
    <message>
        <source>%1 MB/s</source>
        <translation>%1 Mo/s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>1 track</source>
        <translation>1 titre</translation>
    </message>
    <message>
        <source>%1 tracks</source>
        <translation>%1 titres</translation>
    </message>
    <message>
        <source>1 listener</source>
        <translation>1 auditeur</translation>
    </message>
    <message>
        <source>%1 listeners</source>
        <translation>%1 auditeurs</translation>
    </message>
</context>
<context>
    <name>cycast::settingeditors::NumberEditor</name>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <source>%1: automatic</source>
        <translation>%1 : automatique</translation>
    </message>
</context>
<context>
    <name>cycast::settingeditors::SwitchEditor</name>
    <message>
        <source>On</source>
        <translation>Marche</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Arrêt</translation>
    </message>
</context>
<context>
    <name>cycast::settingeditors::TextEditor</name>
    <message>
        <source>Browse…</source>
        <translation>Parcourir…</translation>
    </message>
    <message>
        <source>Choose a folder for: %1</source>
        <translation>Choisir un dossier pour : %1</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Montrer</translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation>Montrer : %1</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Cacher</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Copier : %1</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>Make up a new one: %1</source>
        <translation>En inventer un nouveau : %1</translation>
    </message>
</context>
<context>
    <name>cycast::settingtexts</name>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Serveur</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>Tampon</translation>
    </message>
    <message>
        <source>Broadcaster</source>
        <translation>Émission</translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encodeur</translation>
    </message>
    <message>
        <source>Listeners</source>
        <translation>Auditeurs</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Avancé</translation>
    </message>
    <message>
        <source>no effect</source>
        <translation>sans effet</translation>
    </message>
    <message>
        <source>Kept in the file for Cycast; this application does not use it.</source>
        <translation>Conservé dans le fichier pour Cycast ; cette application ne l’utilise pas.</translation>
    </message>
    <message>
        <source>new listeners</source>
        <translation>nouveaux auditeurs</translation>
    </message>
    <message>
        <source>Felt by whoever begins to listen from now on.</source>
        <translation>Ressenti par qui commence à écouter désormais.</translation>
    </message>
    <message>
        <source>new connections</source>
        <translation>nouvelles connexions</translation>
    </message>
    <message>
        <source>Felt by every connection made from now on.</source>
        <translation>Ressenti par chaque connexion désormais.</translation>
    </message>
    <message>
        <source>next source</source>
        <translation>prochaine source</translation>
    </message>
    <message>
        <source>Asked for when the next live source connects.</source>
        <translation>Demandé quand la prochaine source en direct se connecte.</translation>
    </message>
    <message>
        <source>moves a port</source>
        <translation>déplace un port</translation>
    </message>
    <message>
        <source>The new port opens at once; whoever listens on the old one stays until he leaves.</source>
        <translation>Le nouveau port s’ouvre aussitôt ; qui écoute sur l’ancien reste jusqu’à son départ.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>aussitôt</translation>
    </message>
    <message>
        <source>Felt at once. Nobody is disconnected.</source>
        <translation>Ressenti aussitôt. Personne n’est déconnecté.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>automatic (%1)</source>
        <translation>automatique (%1)</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Marche</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Arrêt</translation>
    </message>
    <message>
        <source>changes the stream</source>
        <translation>change le flux</translation>
    </message>
    <message>
        <source>On the air at once. With another kind of stream whoever listens is disconnected and has to connect anew; most players do so by themselves.</source>
        <translation>À l’antenne aussitôt. Avec une autre sorte de flux, qui écoute est déconnecté et doit se reconnecter ; la plupart des lecteurs le font d’eux-mêmes.</translation>
    </message>
    <message>
        <source>Jingles</source>
        <translation>Jingles</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Enregistrement</translation>
    </message>
    <message>
        <source>From outside</source>
        <translation>De l’extérieur</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Annuaires</translation>
    </message>
</context>
</TS>
