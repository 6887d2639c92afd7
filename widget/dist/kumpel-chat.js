/*! Kumpel Krefeld: EUPL-1.2. Contains Lit, Copyright Google LLC: BSD-3-Clause. */
const se=globalThis,Ae=se.ShadowRoot&&(se.ShadyCSS===void 0||se.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Se=Symbol(),Re=new WeakMap;let tt=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==Se)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o;const t=this.t;if(Ae&&e===void 0){const n=t!==void 0&&t.length===1;n&&(e=Re.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&Re.set(t,e))}return e}toString(){return this.cssText}};const St=i=>new tt(typeof i=="string"?i:i+"",void 0,Se),A=(i,...e)=>{const t=i.length===1?i[0]:e.reduce((n,s,r)=>n+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(s)+i[r+1],i[0]);return new tt(t,i,Se)},Et=(i,e)=>{if(Ae)i.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(const t of e){const n=document.createElement("style"),s=se.litNonce;s!==void 0&&n.setAttribute("nonce",s),n.textContent=t.cssText,i.appendChild(n)}},Pe=Ae?i=>i:i=>i instanceof CSSStyleSheet?(e=>{let t="";for(const n of e.cssRules)t+=n.cssText;return St(t)})(i):i;const{is:Ct,defineProperty:Tt,getOwnPropertyDescriptor:Nt,getOwnPropertyNames:It,getOwnPropertySymbols:Mt,getPrototypeOf:Dt}=Object,ce=globalThis,Le=ce.trustedTypes,Ot=Le?Le.emptyScript:"",Rt=ce.reactiveElementPolyfillSupport,Y=(i,e)=>i,oe={toAttribute(i,e){switch(e){case Boolean:i=i?Ot:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,e){let t=i;switch(e){case Boolean:t=i!==null;break;case Number:t=i===null?null:Number(i);break;case Object:case Array:try{t=JSON.parse(i)}catch{t=null}}return t}},Ee=(i,e)=>!Ct(i,e),Ue={attribute:!0,type:String,converter:oe,reflect:!1,useDefault:!1,hasChanged:Ee};Symbol.metadata??=Symbol("metadata"),ce.litPropertyMetadata??=new WeakMap;let H=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=Ue){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){const n=Symbol(),s=this.getPropertyDescriptor(e,n,t);s!==void 0&&Tt(this.prototype,e,s)}}static getPropertyDescriptor(e,t,n){const{get:s,set:r}=Nt(this.prototype,e)??{get(){return this[t]},set(o){this[t]=o}};return{get:s,set(o){const l=s?.call(this);r?.call(this,o),this.requestUpdate(e,l,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Ue}static _$Ei(){if(this.hasOwnProperty(Y("elementProperties")))return;const e=Dt(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(Y("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(Y("properties"))){const t=this.properties,n=[...It(t),...Mt(t)];for(const s of n)this.createProperty(s,t[s])}const e=this[Symbol.metadata];if(e!==null){const t=litPropertyMetadata.get(e);if(t!==void 0)for(const[n,s]of t)this.elementProperties.set(n,s)}this._$Eh=new Map;for(const[t,n]of this.elementProperties){const s=this._$Eu(t,n);s!==void 0&&this._$Eh.set(s,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){const t=[];if(Array.isArray(e)){const n=new Set(e.flat(1/0).reverse());for(const s of n)t.unshift(Pe(s))}else e!==void 0&&t.push(Pe(e));return t}static _$Eu(e,t){const n=t.attribute;return n===!1?void 0:typeof n=="string"?n:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){const e=new Map,t=this.constructor.elementProperties;for(const n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){const e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Et(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){const n=this.constructor.elementProperties.get(e),s=this.constructor._$Eu(e,n);if(s!==void 0&&n.reflect===!0){const r=(n.converter?.toAttribute!==void 0?n.converter:oe).toAttribute(t,n.type);this._$Em=e,r==null?this.removeAttribute(s):this.setAttribute(s,r),this._$Em=null}}_$AK(e,t){const n=this.constructor,s=n._$Eh.get(e);if(s!==void 0&&this._$Em!==s){const r=n.getPropertyOptions(s),o=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:oe;this._$Em=s;const l=o.fromAttribute(t,r.type);this[s]=l??this._$Ej?.get(s)??l,this._$Em=null}}requestUpdate(e,t,n,s=!1,r){if(e!==void 0){const o=this.constructor;if(s===!1&&(r=this[e]),n??=o.getPropertyOptions(e),!((n.hasChanged??Ee)(r,t)||n.useDefault&&n.reflect&&r===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,n))))return;this.C(e,t,n)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:s,wrapped:r},o){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??t??this[e]),r!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),s===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}const e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[s,r]of this._$Ep)this[s]=r;this._$Ep=void 0}const n=this.constructor.elementProperties;if(n.size>0)for(const[s,r]of n){const{wrapped:o}=r,l=this[s];o!==!0||this._$AL.has(s)||l===void 0||this.C(s,void 0,r,l)}}let e=!1;const t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(n=>n.hostUpdate?.()),this.update(t)):this._$EM()}catch(n){throw e=!1,this._$EM(),n}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};H.elementStyles=[],H.shadowRootOptions={mode:"open"},H[Y("elementProperties")]=new Map,H[Y("finalized")]=new Map,Rt?.({ReactiveElement:H}),(ce.reactiveElementVersions??=[]).push("2.1.2");const Ce=globalThis,ze=i=>i,ae=Ce.trustedTypes,He=ae?ae.createPolicy("lit-html",{createHTML:i=>i}):void 0,it="$lit$",E=`lit$${Math.random().toFixed(9).slice(2)}$`,nt="?"+E,Pt=`<${nt}>`,M=document,Q=()=>M.createComment(""),X=i=>i===null||typeof i!="object"&&typeof i!="function",Te=Array.isArray,Lt=i=>Te(i)||typeof i?.[Symbol.iterator]=="function",me=`[ 	
\f\r]`,V=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Fe=/-->/g,Be=/>/g,T=RegExp(`>|${me}(?:([^\\s"'>=/]+)(${me}*=${me}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Ke=/'/g,qe=/"/g,st=/^(?:script|style|textarea|title)$/i,rt=i=>(e,...t)=>({_$litType$:i,strings:e,values:t}),c=rt(1),k=rt(2),D=Symbol.for("lit-noChange"),d=Symbol.for("lit-nothing"),je=new WeakMap,I=M.createTreeWalker(M,129);function ot(i,e){if(!Te(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return He!==void 0?He.createHTML(e):e}const Ut=(i,e)=>{const t=i.length-1,n=[];let s,r=e===2?"<svg>":e===3?"<math>":"",o=V;for(let l=0;l<t;l++){const a=i[l];let p,m,h=-1,u=0;for(;u<a.length&&(o.lastIndex=u,m=o.exec(a),m!==null);)u=o.lastIndex,o===V?m[1]==="!--"?o=Fe:m[1]!==void 0?o=Be:m[2]!==void 0?(st.test(m[2])&&(s=RegExp("</"+m[2],"g")),o=T):m[3]!==void 0&&(o=T):o===T?m[0]===">"?(o=s??V,h=-1):m[1]===void 0?h=-2:(h=o.lastIndex-m[2].length,p=m[1],o=m[3]===void 0?T:m[3]==='"'?qe:Ke):o===qe||o===Ke?o=T:o===Fe||o===Be?o=V:(o=T,s=void 0);const f=o===T&&i[l+1].startsWith("/>")?" ":"";r+=o===V?a+Pt:h>=0?(n.push(p),a.slice(0,h)+it+a.slice(h)+E+f):a+E+(h===-2?l:f)}return[ot(i,r+(i[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),n]};class ee{constructor({strings:e,_$litType$:t},n){let s;this.parts=[];let r=0,o=0;const l=e.length-1,a=this.parts,[p,m]=Ut(e,t);if(this.el=ee.createElement(p,n),I.currentNode=this.el.content,t===2||t===3){const h=this.el.content.firstChild;h.replaceWith(...h.childNodes)}for(;(s=I.nextNode())!==null&&a.length<l;){if(s.nodeType===1){if(s.hasAttributes())for(const h of s.getAttributeNames())if(h.endsWith(it)){const u=m[o++],f=s.getAttribute(h).split(E),b=/([.?@])?(.*)/.exec(u);a.push({type:1,index:r,name:b[2],strings:f,ctor:b[1]==="."?Ht:b[1]==="?"?Ft:b[1]==="@"?Bt:he}),s.removeAttribute(h)}else h.startsWith(E)&&(a.push({type:6,index:r}),s.removeAttribute(h));if(st.test(s.tagName)){const h=s.textContent.split(E),u=h.length-1;if(u>0){s.textContent=ae?ae.emptyScript:"";for(let f=0;f<u;f++)s.append(h[f],Q()),I.nextNode(),a.push({type:2,index:++r});s.append(h[u],Q())}}}else if(s.nodeType===8)if(s.data===nt)a.push({type:2,index:r});else{let h=-1;for(;(h=s.data.indexOf(E,h+1))!==-1;)a.push({type:7,index:r}),h+=E.length-1}r++}}static createElement(e,t){const n=M.createElement("template");return n.innerHTML=e,n}}function K(i,e,t=i,n){if(e===D)return e;let s=n!==void 0?t._$Co?.[n]:t._$Cl;const r=X(e)?void 0:e._$litDirective$;return s?.constructor!==r&&(s?._$AO?.(!1),r===void 0?s=void 0:(s=new r(i),s._$AT(i,t,n)),n!==void 0?(t._$Co??=[])[n]=s:t._$Cl=s),s!==void 0&&(e=K(i,s._$AS(i,e.values),s,n)),e}class zt{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){const{el:{content:t},parts:n}=this._$AD,s=(e?.creationScope??M).importNode(t,!0);I.currentNode=s;let r=I.nextNode(),o=0,l=0,a=n[0];for(;a!==void 0;){if(o===a.index){let p;a.type===2?p=new q(r,r.nextSibling,this,e):a.type===1?p=new a.ctor(r,a.name,a.strings,this,e):a.type===6&&(p=new Kt(r,this,e)),this._$AV.push(p),a=n[++l]}o!==a?.index&&(r=I.nextNode(),o++)}return I.currentNode=M,s}p(e){let t=0;for(const n of this._$AV)n!==void 0&&(n.strings!==void 0?(n._$AI(e,n,t),t+=n.strings.length-2):n._$AI(e[t])),t++}}class q{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,s){this.type=2,this._$AH=d,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=s,this._$Cv=s?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode;const t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=K(this,e,t),X(e)?e===d||e==null||e===""?(this._$AH!==d&&this._$AR(),this._$AH=d):e!==this._$AH&&e!==D&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):Lt(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==d&&X(this._$AH)?this._$AA.nextSibling.data=e:this.T(M.createTextNode(e)),this._$AH=e}$(e){const{values:t,_$litType$:n}=e,s=typeof n=="number"?this._$AC(e):(n.el===void 0&&(n.el=ee.createElement(ot(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===s)this._$AH.p(t);else{const r=new zt(s,this),o=r.u(this.options);r.p(t),this.T(o),this._$AH=r}}_$AC(e){let t=je.get(e.strings);return t===void 0&&je.set(e.strings,t=new ee(e)),t}k(e){Te(this._$AH)||(this._$AH=[],this._$AR());const t=this._$AH;let n,s=0;for(const r of e)s===t.length?t.push(n=new q(this.O(Q()),this.O(Q()),this,this.options)):n=t[s],n._$AI(r),s++;s<t.length&&(this._$AR(n&&n._$AB.nextSibling,s),t.length=s)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){const n=ze(e).nextSibling;ze(e).remove(),e=n}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}}class he{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,s,r){this.type=1,this._$AH=d,this._$AN=void 0,this.element=e,this.name=t,this._$AM=s,this.options=r,n.length>2||n[0]!==""||n[1]!==""?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=d}_$AI(e,t=this,n,s){const r=this.strings;let o=!1;if(r===void 0)e=K(this,e,t,0),o=!X(e)||e!==this._$AH&&e!==D,o&&(this._$AH=e);else{const l=e;let a,p;for(e=r[0],a=0;a<r.length-1;a++)p=K(this,l[n+a],t,a),p===D&&(p=this._$AH[a]),o||=!X(p)||p!==this._$AH[a],p===d?e=d:e!==d&&(e+=(p??"")+r[a+1]),this._$AH[a]=p}o&&!s&&this.j(e)}j(e){e===d?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}}class Ht extends he{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===d?void 0:e}}class Ft extends he{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==d)}}class Bt extends he{constructor(e,t,n,s,r){super(e,t,n,s,r),this.type=5}_$AI(e,t=this){if((e=K(this,e,t,0)??d)===D)return;const n=this._$AH,s=e===d&&n!==d||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,r=e!==d&&(n===d||s);s&&this.element.removeEventListener(this.name,this,n),r&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}}class Kt{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){K(this,e)}}const qt={I:q},jt=Ce.litHtmlPolyfillSupport;jt?.(ee,q),(Ce.litHtmlVersions??=[]).push("3.3.3");const Wt=(i,e,t)=>{const n=t?.renderBefore??e;let s=n._$litPart$;if(s===void 0){const r=t?.renderBefore??null;n._$litPart$=s=new q(e.insertBefore(Q(),r),r,void 0,t??{})}return s._$AI(i),s};const Ne=globalThis;let B=class extends H{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){const e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){const t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Wt(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return D}};B._$litElement$=!0,B.finalized=!0,Ne.litElementHydrateSupport?.({LitElement:B});const Gt=Ne.litElementPolyfillSupport;Gt?.({LitElement:B});(Ne.litElementVersions??=[]).push("4.2.2");const Vt={attribute:!0,type:String,converter:oe,reflect:!1,hasChanged:Ee},Zt=(i=Vt,e,t)=>{const{kind:n,metadata:s}=t;let r=globalThis.litPropertyMetadata.get(s);if(r===void 0&&globalThis.litPropertyMetadata.set(s,r=new Map),n==="setter"&&((i=Object.create(i)).wrapped=!0),r.set(t.name,i),n==="accessor"){const{name:o}=t;return{set(l){const a=e.get.call(this);e.set.call(this,l),this.requestUpdate(o,a,i,!0,l)},init(l){return l!==void 0&&this.C(o,void 0,i,l),l}}}if(n==="setter"){const{name:o}=t;return function(l){const a=this[o];e.call(this,l),this.requestUpdate(o,a,i,!0,l)}}throw Error("Unsupported decorator location: "+n)};function g(i){return(e,t)=>typeof t=="object"?Zt(i,e,t):((n,s,r)=>{const o=s.hasOwnProperty(r);return s.constructor.createProperty(r,n),o?Object.getOwnPropertyDescriptor(s,r):void 0})(i,e,t)}function x(i){return g({...i,state:!0,attribute:!1})}const Yt=(i,e,t)=>(t.configurable=!0,t.enumerable=!0,Reflect.decorate&&typeof e!="object"&&Object.defineProperty(i,e,t),t);function te(i,e){return(t,n,s)=>{const r=o=>o.renderRoot?.querySelector(i)??null;return Yt(t,n,{get(){return r(this)}})}}const Jt={assistant:"Kumpel",choices:i=>i===1?"1 Auswahlmöglichkeit":`${i} Auswahlmöglichkeiten`,image:"Bild",empty:"Bitte schreiben Sie Ihre Frage in das Feld.",tooLong:i=>`Ihre Nachricht ist zu lang. Es passen weniger als ${i.toLocaleString("de")} Zeichen hinein.`,tooMany:"Gerade kommen sehr viele Nachrichten an. Ihre Nachricht wird gleich von selbst gesendet.",offline:"Keine Verbindung. Ihr Gespräch bleibt erhalten, und ich versuche es immer wieder.",online:"Die Verbindung ist wieder da.",expired:"Das vorige Gespräch war abgelaufen. Ein neues hat begonnen; was Sie geschrieben haben, bleibt hier stehen.",ended:"Das Gespräch ist beendet. Sie können jederzeit ein neues beginnen.",failed:"Das hat nicht geklappt. Bitte versuchen Sie es noch einmal oder rufen Sie an: 02151 86-0."},We={phase:"idle",entries:[],pending:{messageIds:[],isTyping:!1}};class Qt extends EventTarget{#e=We;constructor(e){super(),this.texts=e.texts??Jt,this.language=e.language,this.service=e.service}get state(){return this.#e}get isStored(){return!1}start(){return Promise.resolve()}send(e){return Promise.resolve(void 0)}choose(e,t){return Promise.resolve(void 0)}retry(e){return Promise.resolve(void 0)}rate(e,t,n){return Promise.resolve(void 0)}reportError(e,t){return Promise.resolve(void 0)}end(){return Promise.resolve()}dismissNotice(){this.#e}close(){this.#e=We}}const at={tag:"de",core:{assistant:"Kumpel",choices:i=>i===1?"1 Auswahlmöglichkeit":`${i} Auswahlmöglichkeiten`,image:"Bild",empty:"Bitte schreiben Sie Ihre Frage in das Feld.",tooLong:i=>`Ihre Nachricht ist zu lang. Bitte kürzen Sie auf ${i.toLocaleString("de")} Zeichen.`,tooMany:"Das waren sehr viele Nachrichten in kurzer Zeit. Ihre Nachricht wird gleich von selbst gesendet.",offline:"Keine Verbindung. Ich versuche es weiter. Ihre Nachrichten gehen nicht verloren.",online:"Die Verbindung ist wieder da.",expired:"Das vorige Gespräch war abgelaufen. Ein neues hat begonnen. Was Sie geschrieben haben, bleibt hier stehen.",ended:"Das Gespräch ist beendet und gelöscht.",failed:"Das hat nicht geklappt. Bitte versuchen Sie es noch einmal oder rufen Sie an: 02151 86-0."},heading:"Kumpel Krefeld",launcher:"Fragen Sie Kumpel",launcherUnread:i=>i===1?"1 neue Antwort":`${i} neue Antworten`,close:"Chat schließen",skipToField:"Zum Eingabefeld",transcript:"Ihr Gespräch mit Kumpel",transcriptKeys:"Mit den Pfeiltasten gehen Sie von Nachricht zu Nachricht.",greeting:"Guten Tag, ich bin Kumpel, ein Programm der Stadt Krefeld. Fragen Sie mich, was Sie für Ihr Anliegen brauchen, was es kostet und wann geöffnet ist.",privacy:"Bitte schreiben Sie keine persönlichen Daten wie Namen oder Kontonummern.",emergency:"Im Notfall rufen Sie 112, die Polizei 110.",starters:"Zum Beispiel",startersAnywhere:["Ich bin umgezogen","Personalausweis beantragen","Termin vereinbaren"],startersOnService:["Was muss ich mitbringen?","Was kostet das?","Wann ist geöffnet?"],toNewest:"Zur neuesten Nachricht",you:"Sie",kumpel:"Kumpel",says:(i,e)=>`${i}: ${e}`,atTime:i=>`${i} Uhr`,sending:"Wird gesendet",notSent:"Nicht gesendet.",sendAgain:"Erneut senden",opensInNewWindow:"öffnet ein neues Fenster",fieldLabel:"Ihre Nachricht",fieldHint:"Eingabetaste sendet, Umschalt und Eingabetaste beginnt eine neue Zeile.",send:"Senden",charactersLeft:i=>i===1?"Noch 1 Zeichen":`Noch ${i} Zeichen`,queued:"Wird nach der Antwort gesendet",dictate:"Diktieren",stopDictating:"Diktat beenden",dictating:"Bitte sprechen Sie. Die Sprache wird nur auf Ihrem Gerät erkannt.",dictationFailed:"Das Diktat hat nicht geklappt. Bitte schreiben Sie Ihre Frage.",typing:"Kumpel schreibt …",progress:["Ich sehe in den Daten der Stadt nach.","Das dauert etwas länger. Ich arbeite noch daran.","Ich bin noch dabei. Sie können auch anrufen: 02151 86-0."],choose:"Bitte wählen Sie",chosen:"gewählt",chosenIs:i=>`Sie haben gewählt: ${i}`,openNow:"Jetzt geöffnet",closedNow:"Jetzt geschlossen",hoursOf:i=>`Öffnungszeiten: ${i}`,day:"Tag",times:"Uhrzeit",today:"heute",closedAllDay:"geschlossen",source:"Quelle",sources:"Quellen",asOf:i=>`Stand ${i}`,retrieved:i=>`abgerufen ${i}`,slots:"Freie Termine",slotsOn:i=>`Freie Termine am ${i}`,slotAt:i=>`${i} Uhr`,allAt:i=>`Alle Termine: ${i}`,booked:"Ihr Termin ist gebucht",bookingNumber:"Terminnummer",when:"Wann",where:"Wo",saveDate:"Termin in den Kalender",manage:"Termin ändern oder absagen",map:"Karte",openMap:"Karte öffnen",aboutThisAnswer:"Zu dieser Antwort",helpful:"Hilfreich",notHelpful:"Nicht hilfreich",thanksForRating:"Danke für Ihre Bewertung.",ratingTakenBack:"Ihre Bewertung ist zurückgenommen.",commentLabel:"Was sollen wir besser machen? (freiwillig)",commentHint:"Bitte keine persönlichen Daten.",sendComment:"Rückmeldung senden",noComment:"Ohne Kommentar",reportError:"Fehler melden",reportLabel:"Was stimmt an dieser Antwort nicht?",reportHint:"Ihre Meldung geht an die Redaktion der Stadt. Bitte keine persönlichen Daten.",sendReport:"Meldung senden",emptyReport:"Bitte schreiben Sie, was nicht stimmt.",thanksForComment:"Danke. Ihre Rückmeldung ist angekommen.",feedbackFailed:"Ihre Rückmeldung kam nicht an. Bitte versuchen Sie es noch einmal.",cancel:"Abbrechen",copyAnswer:"Antwort kopieren",copied:"Kopiert.",copyFailed:"Das Kopieren hat nicht geklappt. Bitte markieren Sie den Text von Hand.",readAloud:"Vorlesen",stopReading:"Vorlesen beenden",menu:"Menü",language:"Sprache",languages:{de:"Deutsch",en:"English",easy:"Leichte Sprache"},languageIsNow:"Die Sprache ist jetzt Deutsch.",readAnswersAloud:"Antworten vorlesen",print:"Gespräch drucken",save:"Als Text speichern",saved:"Das Gespräch ist gespeichert.",fileName:"Gespraech-mit-Kumpel.txt",copyConversation:"Gespräch kopieren",end:"Gespräch beenden und löschen",endQuestion:"Soll das ganze Gespräch gelöscht werden? Das lässt sich nicht rückgängig machen.",endYes:"Ja, löschen",endNo:"Nein, weiter",starting:"Der Chat wird geöffnet …",limitedUntil:i=>i>90?`Bitte warten Sie noch ${Math.ceil(i/60)} Minuten.`:`Bitte warten Sie noch ${i} ${i===1?"Sekunde":"Sekunden"}.`,limitOver:"Sie können jetzt wieder schreiben.",newConversation:"Neues Gespräch",dismiss:"Hinweis schließen"},lt={tag:"de",core:{assistant:"Kumpel",choices:i=>i===1?"Sie können 1 Sache wählen":`Sie können aus ${i} Sachen wählen`,image:"Bild",empty:"Das Feld ist leer. Schreiben Sie Ihre Frage in das Feld.",tooLong:i=>`Ihre Frage ist zu lang. Sie darf ${i} Zeichen haben.`,tooMany:"Das waren viele Nachrichten. Bitte warten Sie. Dann geht es weiter.",offline:"Das Internet ist weg. Bitte warten Sie. Ihre Nachrichten bleiben da.",online:"Das Internet ist wieder da.",expired:"Ihr altes Gespräch ist vorbei. Ein neues Gespräch fängt an. Ihre Nachrichten bleiben hier stehen.",ended:"Das Gespräch ist vorbei. Alles ist gelöscht.",failed:"Das hat nicht geklappt. Versuchen Sie es noch einmal. Oder rufen Sie an: 02151 86-0."},heading:"Kumpel Krefeld",launcher:"Fragen Sie Kumpel",launcherUnread:i=>i===1?"1 neue Antwort":`${i} neue Antworten`,close:"Chat zumachen",skipToField:"Zum Feld für Ihre Frage",transcript:"Ihr Gespräch mit Kumpel",transcriptKeys:"Die Pfeil-Tasten bringen Sie zur nächsten Nachricht.",greeting:"Guten Tag. Ich bin Kumpel. Ich bin ein Computer-Programm. Ich gehöre zur Stadt Krefeld. Fragen Sie mich etwas zum Rathaus. Zum Beispiel: Was brauche ich für einen Ausweis?",privacy:"Schreiben Sie hier nicht Ihren Namen. Schreiben Sie hier keine Konto-Nummer.",emergency:"Sind Sie in Not? Rufen Sie an: 112. Das ist die Feuer-Wehr. Die Polizei ist: 110.",starters:"Sie können zum Beispiel fragen",startersAnywhere:["Ich bin umgezogen","Ich brauche einen Ausweis","Ich möchte einen Termin"],startersOnService:["Was muss ich mitbringen?","Was kostet das?","Wann ist offen?"],toNewest:"Zur neuen Nachricht",you:"Sie",kumpel:"Kumpel",says:(i,e)=>`${i}: ${e}`,atTime:i=>`${i} Uhr`,sending:"Ich schicke das ab",notSent:"Das hat nicht geklappt.",sendAgain:"Noch einmal schicken",opensInNewWindow:"ein neues Fenster geht auf",fieldLabel:"Ihre Frage",fieldHint:"Drücken Sie die Eingabe-Taste. Dann schicken Sie die Frage ab.",send:"Abschicken",charactersLeft:i=>`Sie haben noch ${i} Zeichen`,queued:"Erst kommt die Antwort. Dann schicke ich das ab",dictate:"Sprechen statt schreiben",stopDictating:"Fertig gesprochen",dictating:"Sprechen Sie jetzt. Nur Ihr Gerät hört zu.",dictationFailed:"Das hat nicht geklappt. Schreiben Sie Ihre Frage bitte.",typing:"Kumpel schreibt …",progress:["Ich suche die Antwort.","Das dauert etwas. Bitte warten Sie.","Ich suche noch. Sie können auch anrufen. Die Nummer ist: 02151 86-0."],choose:"Wählen Sie aus",chosen:"gewählt",chosenIs:i=>`Sie haben das gewählt: ${i}`,openNow:"Jetzt ist offen",closedNow:"Jetzt ist zu",hoursOf:i=>`Dann ist offen: ${i}`,day:"Tag",times:"Uhrzeit",today:"heute",closedAllDay:"zu",source:"Das steht hier",sources:"Das steht hier",asOf:i=>`vom ${i}`,retrieved:i=>`gelesen am ${i}`,slots:"Freie Termine",slotsOn:i=>`Freie Termine am ${i}`,slotAt:i=>`${i} Uhr`,allAt:i=>`Alle Termine sind hier: ${i}`,booked:"Sie haben jetzt einen Termin",bookingNumber:"Nummer vom Termin",when:"Wann",where:"Wo",saveDate:"Termin in den Kalender",manage:"Termin ändern oder absagen",map:"Karte",openMap:"Karte aufmachen",aboutThisAnswer:"Zu dieser Antwort",helpful:"Das hilft mir",notHelpful:"Das hilft mir nicht",thanksForRating:"Danke für Ihre Meinung.",ratingTakenBack:"Ihre Meinung ist gelöscht.",commentLabel:"Was sollen wir besser machen? Sie müssen nichts schreiben.",commentHint:"Schreiben Sie hier nicht Ihren Namen.",sendComment:"Meinung abschicken",noComment:"Nichts schreiben",reportError:"Fehler melden",reportLabel:"Was ist an der Antwort falsch?",reportHint:"Die Stadt Krefeld liest das. Schreiben Sie hier nicht Ihren Namen.",sendReport:"Fehler abschicken",emptyReport:"Das Feld ist leer. Schreiben Sie, was falsch ist.",thanksForComment:"Danke. Wir haben Ihre Nachricht.",feedbackFailed:"Das hat nicht geklappt. Versuchen Sie es noch einmal.",cancel:"Nicht machen",copyAnswer:"Antwort kopieren",copied:"Kopiert.",copyFailed:"Das Kopieren hat nicht geklappt.",readAloud:"Vorlesen",stopReading:"Nicht mehr vorlesen",menu:"Menü",language:"Sprache",languages:{de:"Deutsch",en:"English",easy:"Leichte Sprache"},languageIsNow:"Ich schreibe jetzt in Leichter Sprache.",readAnswersAloud:"Antworten vorlesen",print:"Gespräch drucken",save:"Gespräch speichern",saved:"Das Gespräch ist gespeichert.",fileName:"Gespraech-mit-Kumpel.txt",copyConversation:"Gespräch kopieren",end:"Gespräch beenden und löschen",endQuestion:"Wollen Sie alles löschen? Dann ist das Gespräch weg.",endYes:"Ja, alles löschen",endNo:"Nein, nicht löschen",starting:"Der Chat geht auf …",limitedUntil:i=>i>90?`Bitte warten Sie noch ${Math.ceil(i/60)} Minuten.`:`Bitte warten Sie noch ${i} ${i===1?"Sekunde":"Sekunden"}.`,limitOver:"Sie können jetzt wieder schreiben.",newConversation:"Neues Gespräch",dismiss:"Hinweis zumachen"},ct={tag:"en",core:{assistant:"Kumpel",choices:i=>i===1?"1 choice":`${i} choices`,image:"Image",empty:"Please write your question into the field.",tooLong:i=>`Your message is too long. Please shorten it to ${i.toLocaleString("en")} characters.`,tooMany:"Those were very many messages in a short time. Your message will be sent by itself shortly.",offline:"No connection. I keep trying. Your messages are not lost.",online:"The connection is back.",expired:"The previous conversation had expired. A new one has begun. What you have written stays here.",ended:"The conversation is ended and deleted.",failed:"That did not work. Please try again or call 02151 86-0."},heading:"Kumpel Krefeld",launcher:"Ask Kumpel",launcherUnread:i=>i===1?"1 new answer":`${i} new answers`,close:"Close chat",skipToField:"Go to the input field",transcript:"Your conversation with Kumpel",transcriptKeys:"Use the arrow keys to go from message to message.",greeting:"Hello, I am Kumpel, a program of the City of Krefeld. Ask me what you need for your matter, what it costs and when an office is open.",privacy:"Please do not write personal data such as names or account numbers.",emergency:"In an emergency call 112, the police 110.",starters:"For example",startersAnywhere:["I have moved","Apply for an identity card","Make an appointment"],startersOnService:["What do I have to bring?","What does it cost?","When are you open?"],toNewest:"Go to the newest message",you:"You",kumpel:"Kumpel",says:(i,e)=>`${i}: ${e}`,atTime:i=>i,sending:"Sending",notSent:"Not sent.",sendAgain:"Send again",opensInNewWindow:"opens a new window",fieldLabel:"Your message",fieldHint:"Enter sends, Shift and Enter begins a new line.",send:"Send",charactersLeft:i=>i===1?"1 character left":`${i} characters left`,queued:"Will be sent after the answer",dictate:"Dictate",stopDictating:"Stop dictating",dictating:"Please speak. Your speech is recognised on your device only.",dictationFailed:"Dictation did not work. Please write your question.",typing:"Kumpel is writing …",progress:["I am looking it up in the city's data.","This takes a little longer. I am still working on it.","I am still on it. You can also call 02151 86-0."],choose:"Please choose",chosen:"chosen",chosenIs:i=>`You chose: ${i}`,openNow:"Open now",closedNow:"Closed now",hoursOf:i=>`Opening hours: ${i}`,day:"Day",times:"Time",today:"today",closedAllDay:"closed",source:"Source",sources:"Sources",asOf:i=>`as of ${i}`,retrieved:i=>`retrieved ${i}`,slots:"Free appointments",slotsOn:i=>`Free appointments on ${i}`,slotAt:i=>i,allAt:i=>`All appointments: ${i}`,booked:"Your appointment is booked",bookingNumber:"Appointment number",when:"When",where:"Where",saveDate:"Add to calendar",manage:"Change or cancel the appointment",map:"Map",openMap:"Open the map",aboutThisAnswer:"About this answer",helpful:"Helpful",notHelpful:"Not helpful",thanksForRating:"Thank you for your rating.",ratingTakenBack:"Your rating is taken back.",commentLabel:"What should we do better? (optional)",commentHint:"Please no personal data.",sendComment:"Send feedback",noComment:"No comment",reportError:"Report an error",reportLabel:"What is wrong in this answer?",reportHint:"Your report goes to the city's editors. Please no personal data.",sendReport:"Send report",emptyReport:"Please write what is wrong.",thanksForComment:"Thank you. Your feedback has arrived.",feedbackFailed:"Your feedback did not arrive. Please try again.",cancel:"Cancel",copyAnswer:"Copy answer",copied:"Copied.",copyFailed:"Copying did not work. Please select the text by hand.",readAloud:"Read aloud",stopReading:"Stop reading aloud",menu:"Menu",language:"Language",languages:{de:"Deutsch",en:"English",easy:"Leichte Sprache"},languageIsNow:"The language is now English.",readAnswersAloud:"Read answers aloud",print:"Print conversation",save:"Save as text",saved:"The conversation is saved.",fileName:"conversation-with-Kumpel.txt",copyConversation:"Copy conversation",end:"End and delete conversation",endQuestion:"Delete the whole conversation? This cannot be undone.",endYes:"Yes, delete",endNo:"No, go on",starting:"Opening the chat …",limitedUntil:i=>i>90?`Please wait another ${Math.ceil(i/60)} minutes.`:`Please wait another ${i} ${i===1?"second":"seconds"}.`,limitOver:"You can write again now.",newConversation:"New conversation",dismiss:"Close this note"},fe={de:at,en:ct,easy:lt};function Xt(i,e){return i==="en"?ct:e==="easy"?lt:at}function ei(i){const e=(i??"").toLowerCase();return e==="easy"||e.startsWith("de-simple")?"easy":e==="en"||e.startsWith("en-")?"en":"de"}function _(i){return c`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${i}
  </svg>`}const w={chat:_(k`<path d="M4 5h16v11H9l-5 4z"/><path d="M8 9h8M8 12h5"/>`),close:_(k`<path d="M6 6l12 12M18 6L6 18"/>`),menu:_(k`<path d="M4 7h16M4 12h16M4 17h16"/>`),send:_(k`<path d="M4 12l16-8-5 16-3.5-6.5z"/><path d="M11.5 13.5L20 4"/>`),microphone:_(k`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3"/>`),stop:_(k`<rect x="6" y="6" width="12" height="12" rx="1"/>`),up:_(k`<path d="M7 11v9H4v-9zM7 11l4-7c2 0 2.5 1.5 2 3l-.7 3H19c1.2 0 1.8 1 1.5 2l-1.8 6.5c-.3 1-1 1.5-2 1.5H7"/>`),down:_(k`<path d="M7 13V4H4v9zM7 13l4 7c2 0 2.5-1.5 2-3l-.7-3H19c1.2 0 1.8-1 1.5-2l-1.8-6.5c-.3-1-1-1.5-2-1.5H7"/>`),copy:_(k`<rect x="9" y="9" width="11" height="11" rx="1.5"/><path d="M5 15H4V4h11v1"/>`),speaker:_(k`<path d="M4 9v6h4l5 4V5L8 9z"/><path d="M16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11"/>`),flag:_(k`<path d="M5 21V4h12l-2 4 2 4H5"/>`),print:_(k`<path d="M7 9V3h10v6M7 17H4V9h16v8h-3"/><path d="M7 14h10v7H7z"/>`),save:_(k`<path d="M12 3v12M7 10l5 5 5-5M4 20h16"/>`),bin:_(k`<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14"/>`),calendar:_(k`<rect x="4" y="5" width="16" height="16" rx="1.5"/><path d="M4 10h16M8 3v4M16 3v4"/>`),tick:_(k`<path d="M4 13l5 5L20 6"/>`),arrowDown:_(k`<path d="M12 4v16M5 13l7 7 7-7"/>`)};function ti(i,e,t,n){return c`<button
    type="button"
    class="launcher"
    part="launcher"
    aria-haspopup="dialog"
    aria-expanded=${e?"true":"false"}
    ?hidden=${e}
    @click=${n}
  >
    ${w.chat}<span class="launcher-text">${i.launcher}</span>
    ${t?c`<span class="unread">${i.launcherUnread(t)}</span>`:d}
  </button>`}const ii=new Set(["offline","too_many","ended"]);function ni(i,e,t,n){if(!i||i.kind==="empty"||i.kind==="too_long")return d;const s=i.until?Math.ceil((i.until-t)/1e3):0;return c`<div class="notice ${i.kind}" part="notice">
    <p>
      ${i.text}
      ${s>0?c`<span class="until">${e.limitedUntil(s)}</span>`:d}
    </p>
    ${ii.has(i.kind)?d:c`<button
            type="button"
            class="quiet-button"
            aria-label=${e.dismiss}
            title=${e.dismiss}
            @click=${n}
          >
            ${w.close}
          </button>`}
  </div>`}const si=4.5;function ht(i,e){const t=i.trim().toLowerCase(),n=oi(t)??ai(t);if(n||!e)return n;const s=e(t);return s===void 0?void 0:ht(s)}function ri(i,e){const t=[Ge(i),Ge(e)];return(Math.max(...t)+.05)/(Math.min(...t)+.05)}function Ge(i){const[e,t,n]=i.map(s=>{const r=s/255;return r<=.04045?r/12.92:((r+.055)/1.055)**2.4});return .2126*e+.7152*t+.0722*n}function oi(i){const e=/^#([\da-f]{3,8})$/.exec(i)?.[1];if(!e)return;const t=e.length<=4,s=(e.match(t?/./g:/../g)??[]).map(p=>parseInt(t?p+p:p,16)),[r,o,l,a=255]=s;if(!(e.length===5||e.length===7||a!==255))return[r,o,l]}function ai(i){const n=(/^rgba?\(([^()]*)\)$/.exec(i)?.[1]?.split(/[\s,/]+/).filter(Boolean)??[]).map((p,m)=>{const[,h,u]=/^([+-]?(?:\d+\.?\d*|\.\d+))(%?)$/.exec(p)??[];if(h===void 0)return NaN;const f=m===3?1:255,b=u?Number(h)/100*f:Number(h);return Math.min(f,Math.max(0,b))}),[s=NaN,r=NaN,o=NaN,l=1]=n;return n.length<=4&&l===1&&!Number.isNaN(s+r+o)?[s,r,o]:void 0}function li(i,e){if(!i)return;const t=ht(i,s=>ci(s,e)),n=t?ri(t,[255,255,255]):0;if(n>=si)return i;console.warn(t?`kumpel-chat: accent "${i}" reaches a contrast of ${n.toFixed(1)} to white text, 4.5 is needed (WCAG 1.4.3). The default colour is used.`:`kumpel-chat: accent "${i}" is no opaque colour. The default colour is used.`)}function ci(i,e){if(e.style.color="",e.style.color=i,!e.style.color)return;const t=getComputedStyle(e).color;return e.style.color="",t}const dt=/[\u0590-\u05ff\u0600-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u,hi=new RegExp(`(?:(?!${dt.source})[^\\n])+`,"gu"),di=/[\u202a-\u202e\u2066-\u2069]/g,ui=/(?![\n\t])[\p{Cc}\ufeff\ufff9-\ufffb]/gu;function Ie(i){return dt.test(i)}function pi(i){return i.replace(/\r\n?|[\u0085\u2028\u2029]/g,`
`).replace(di,"").replace(ui,"")}function mi(i){if(!Ie(i))return[{text:i,isIsolated:!1}];const e=[];let t=0;for(const n of i.matchAll(hi)){const s=/[+(]?[\p{L}\p{N}](?:.*[\p{L}\p{N}%\u20ac)])?/su.exec(n[0]);if(!s)continue;const r=n.index+s.index;r>t&&e.push({text:i.slice(t,r),isIsolated:!1}),e.push({text:s[0],isIsolated:!0}),t=r+s[0].length}return t<i.length&&e.push({text:i.slice(t),isIsolated:!1}),e}const fi=2e3;function ut(i,e){const t=i.trim();if(!(t.length>fi)){if(/^tel:\+?[\d\s()/.-]{3,30}$/i.test(t))return re(t.slice(4));if(/^mailto:[^\s@<>"'?]{1,64}@[^\s@<>"'?]{1,255}(\?[\w=&%.+-]*)?$/i.test(t))return t;if(/^https?:\/\//i.test(t))try{const n=new URL(t,e);return!n.username&&!n.password&&/^https?:$/.test(n.protocol)?n.href:void 0}catch{return}}}const Ve="(?:[ \\u00a0]?[/\\u2013-][ \\u00a0]?|[ \\u00a0])",gi=new RegExp(["(?<web>(?:https?://|www\\.)[^\\s<>\"'`\\u00ab\\u00bb\\u201c-\\u201e]+)","(?<mail>[\\w.%+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,6})",`(?<phone>(?:\\+\\d{2,3}${Ve}?(?:\\(0\\)[ \\u00a0]?)?\\d{1,5}|\\(0[1-9]\\d{1,4}\\)|0(?:[1-9]\\d{1,4})?)(?:${Ve}\\d{1,8}){1,6}|0(?:1[567]\\d|800|180|2151)\\d{4,9}|\\+49\\d{6,13})`,"(?<word>\\b(?:Notruf|Tel(?:efon)?|(?:Behörden|Ruf|Telefon)?nummer|number|phone|call|dial|unter|wählen|rufen|anrufen)\\b\\.?(?: Sie)?(?: die)?:? )(?<short>11[0-9]|116[ \\u00a0]?11[67])"].join("|"),"gi"),bi=/^(?:11[0-9]|116[ \u00a0]?11[67])$/,vi=/^(?:[.,:]?\d|[ \u00a0]?(?:[\u20ac%]|euro|eur\b|meter|stunde|minute|tag|jahr|person|k?m\b))/i;function $i(i){const e=[];let t=0;if(bi.test(i))return[{text:i,href:re(i)}];const n=(s,r,o)=>{o&&(s>t&&e.push({text:i.slice(t,s)}),e.push({text:i.slice(s,r),href:o}),t=r)};for(const s of i.matchAll(gi)){const{web:r,mail:o,phone:l,word:a,short:p}=s.groups??{},m=s.index,h=m+s[0].length;if(r){const u=yi(r),f=/^www/i.test(u)?`https://${u}`:u;n(m,m+u.length,ut(f))}else o?/[\w@]/.test(i[m-1]??" ")||n(m,h,`mailto:${o}`):l?wi(l,i.slice(Math.max(0,m-2),m),i.slice(h,h+2))&&n(m,h,re(l)):a&&p&&!vi.test(i.slice(h,h+12))&&n(m+a.length,h,re(p))}return t<i.length&&e.push({text:i.slice(t)}),e}function wi(i,e,t){if(/[\w.,/+-]$|\d[ \u00a0]$/.test(e)||/^(?:[.,:/-]\d|[\w\u20ac%])/.test(t)||/^ [\u20ac%]/.test(t))return!1;const n=i.replace(/\D/g,"").length;return n>=(/^0\D/.test(i)?7:6)&&n<=15}function re(i){return`tel:${i.replace("(0)","").replace(/[^\d+]/g,"").replace(/^00?(?=[1-9]\d{4})/,t=>t==="00"?"+":"+49")}`}function yi(i){let e=i.length,t=i.split("(").length-i.split(")").length;for(;e>0;e--){const n=i.charAt(e-1);if(n===")"&&t<0)t++;else if(!/[.,;:!?*\]]/.test(n))break}return i.slice(0,e)}function pt(i){const e=[];let t=[],n=[];const s=Ie(i),r=a=>_i(a,s),o=()=>{const a=t.join(`
`).trim();a&&e.push({kind:"paragraph",children:r(a)}),t=[]},l=()=>{n.length>0&&e.push({kind:"list",items:n}),n=[]};for(const a of pi(i).split(`
`)){const p=/^\s{0,3}[-•]\s+(\S.*)$/.exec(a)?.[1];p!==void 0?(o(),n.push(r(p.trimEnd()))):(l(),a.trim()?t.push(a.trim()):o())}return o(),l(),e}function ki(i){return i.map(e=>e.kind==="list"?e.items.map(t=>`- ${ke(t)}`).join(`
`):ke(e.children)).join(`

`)}function ke(i){return i.map(e=>e.kind==="break"?`
`:"text"in e?e.text:ke(e.children)).join("")}const z=/https?:\/\/[^\s<>"[\]]+|\*\*|\*|\[|\]\(|\]|\n/g,ge=/([^\s()<>[\]]*(?:\([^\s()<>[\]]*\)[^\s()<>[\]]*)*)\)/y;function _i(i,e){const t={kind:"root",opener:"",children:[]},n=[],s=()=>n.at(-1)??t,r=()=>n.pop()??t,o=h=>{_e(s().children,h)},l=h=>n.some(u=>u.kind===h),a=()=>{const h=r();o(h.opener);for(const u of h.children)u.kind==="text"?o(u.text):s().children.push(u)},p=h=>{for(;s().kind!==h;)a()};let m=0;z.lastIndex=0;for(let h=z.exec(i);h;h=z.exec(i)){const u=h[0],f=i.charAt(h.index-1),b=i.charAt(z.lastIndex);if(o(i.slice(m,h.index)),m=z.lastIndex,u===`
`)s().children.push({kind:"break"});else if(u==="[")l("link")&&(p("link"),a()),n.push({kind:"link",opener:u,children:[]});else if(u==="]("&&l("link")){ge.lastIndex=m;const y=ge.exec(i),S=y&&ut(y[1]??"");if(p("link"),y&&S){const{children:U}=r();s().children.push({kind:"link",href:S,children:U}),m=z.lastIndex=ge.lastIndex}else a(),o(u)}else if(u==="**"||u==="*"){const y=u==="*"?"emphasis":"strong",S=u==="*"&&/[\p{L}\p{N}]/u.test(f),U=u==="*"&&/[\p{L}\p{N}]/u.test(b);if(l(y)&&/\S/.test(f)&&!U){p(y);const{children:Oe}=r();Oe.length>0?s().children.push({kind:y,children:Oe}):o(u+u)}else!l(y)&&/\S/.test(b)&&!S?n.push({kind:y,opener:u,children:[]}):o(u)}else o(u)}return o(i.slice(m)),p("root"),mt(t.children,e,!1)}function _e(i,e){if(!e)return;const t=i[i.length-1];t?.kind==="text"?i[i.length-1]={kind:"text",text:t.text+e}:i.push({kind:"text",text:e})}function mt(i,e,t){return i.flatMap(n=>{if(n.kind==="text")return(t?[{text:n.text}]:$i(n.text)).flatMap(o=>{const l=xi(o.text,e),a="href"in o?o.href:void 0;return a===void 0?l:[{kind:"link",href:a,children:l}]});if(!("children"in n))return[n];const s=t||n.kind==="link";return[{...n,children:mt(n.children,e,s)}]})}function xi(i,e){return e?Ie(i)?mi(i).map(({text:t,isIsolated:n})=>({kind:n?"isolate":"text",text:t})):/[\p{L}\p{N}]/u.test(i)?Ai(i):[{kind:"text",text:i}]:[{kind:"text",text:i}]}function Ai(i){const e=i.trim(),t=i.indexOf(e),n=[];return _e(n,i.slice(0,t)),n.push({kind:"isolate",text:e}),_e(n,i.slice(t+e.length)),n}const Me="Europe/Berlin",Si=/^\d{4}-\d{2}-\d{2}/;function ft(i){const e=new Date(i);return Number.isNaN(e.getTime())?"":new Intl.DateTimeFormat("sv-SE",{timeZone:Me}).format(e)}function gt(i){const e=new Date(i);return Number.isNaN(e.getTime())?"":new Intl.DateTimeFormat("de",{hour:"2-digit",minute:"2-digit",timeZone:Me}).format(e)}function xe(i,e){if(!Si.test(i))return i;const t=new Date(i.length===10?`${i}T12:00:00Z`:i);return Number.isNaN(t.getTime())?i:new Intl.DateTimeFormat(e==="en"?"en-GB":"de",{dateStyle:"medium",timeZone:Me}).format(t)}function bt(i){return ki(pt(i.text))}function Ei(i,e,t){const[n]=i,s=n?xe(ft(n.time),e.tag):"",r=i.map(o=>{const l=o.speaker==="citizen"?e.you:e.kumpel,a=gt(o.time),p=(o.buttons??[]).map(h=>o.chosenTitle===h.title?`- ${h.title} (${e.chosen})`:`- ${h.title}`);return[...[`${l}${a?` (${e.atTime(a)})`:""}:`,bt(o)],...p].join(`
`)});return[[t,s].filter(Boolean).join(", "),...r].join(`

`)+`
`}async function Ci(i){try{return await navigator.clipboard.writeText(i),!0}catch{return Ti(i)}}function Ti(i){const e=le(),t=document.createElement("textarea");t.value=i,t.setAttribute("aria-hidden","true"),t.style.position="fixed",t.style.opacity="0",document.body.append(t),t.select();try{return document.execCommand("copy")}catch{return!1}finally{t.parentNode?.removeChild(t),e?.focus()}}function le(){let i=document.activeElement;for(;i?.shadowRoot?.activeElement;)i=i.shadowRoot.activeElement;return i instanceof HTMLElement?i:void 0}function Ni(i,e){const t=new Blob([i],{type:"text/plain;charset=utf-8"}),n=URL.createObjectURL(t),s=document.createElement("a");s.href=n,s.download=e,s.click(),setTimeout(()=>{URL.revokeObjectURL(n)},1e4)}const J="data-kumpel-printed",Ii=`@media print {
  body *:not(:has([${J}])):not([${J}]) { display: none !important; }
  *:has([${J}]) {
    display: block !important; position: static !important; overflow: visible !important;
    height: auto !important; max-height: none !important; transform: none !important;
    margin: 0 !important; padding: 0 !important; border: 0 !important;
  }
}`;function Mi(i){const e=new CSSStyleSheet;e.replaceSync(Ii),i.setAttribute(J,""),document.adoptedStyleSheets=[...document.adoptedStyleSheets,e],window.addEventListener("afterprint",()=>{i.removeAttribute(J),document.adoptedStyleSheets=document.adoptedStyleSheets.filter(t=>t!==e)},{once:!0}),window.print()}function vt(i){if(!("speechSynthesis"in window))return;const e=window.speechSynthesis.getVoices().filter(t=>t.localService&&t.lang.toLowerCase().startsWith(i));return e.find(t=>t.default)??e[0]}function Di(i){if(!("speechSynthesis"in window))return()=>{};const{speechSynthesis:e}=window;return e.addEventListener("voiceschanged",i),()=>{e.removeEventListener("voiceschanged",i)}}function Ze(i,e,t=()=>{},n=!1){const s=vt(e);if(!s)return!1;const r=new SpeechSynthesisUtterance(i);return r.voice=s,r.lang=s.lang,r.addEventListener("end",t),r.addEventListener("error",t),n&&window.speechSynthesis.cancel(),window.speechSynthesis.speak(r),!0}function ne(){"speechSynthesis"in window&&window.speechSynthesis.cancel()}function be(i){const e=new Map;let t;try{t=window.sessionStorage}catch{t=void 0}const n=(s,r)=>{if(!t)return r();try{return s(t)}catch{return r()}};return{getItem:s=>e.get(s)??n(r=>r.getItem(i+s),()=>null),setItem:(s,r)=>{n(o=>{o.setItem(i+s,r)},()=>void e.set(s,r))},removeItem:s=>{e.delete(s),n(r=>{r.removeItem(i+s)},()=>{})}}}const Oi=1e3,Ri=[4e3,1e4,2e4];class Pi{constructor(e,t){this.host=e,this.tell=t,this.step=-1,this.isWaiting=!1,this.#e=[],e.addController(this)}#e;set(e){e!==this.isWaiting&&(this.isWaiting=e,this.#t(),e&&(this.#i(Oi,-1),Ri.forEach((t,n)=>{this.#i(t,n)})))}hostDisconnected(){this.#t(),this.isWaiting=!1}#i(e,t){const n=()=>{this.step=t,this.tell(t),this.host.requestUpdate()};this.#e.push(setTimeout(n,e))}#t(){this.#e.forEach(clearTimeout),this.#e=[],this.step=-1}}const Li="(max-width: 40em), (max-height: 30em)",Ui='a[href], button, input, textarea, select, [tabindex]:not([tabindex="-1"])';class zi{constructor(e,t,n,s){this.panel=t,this.isOpen=n,this.close=s,this.#e=window.matchMedia(Li),this.pressed=r=>{r.key==="Escape"&&!r.isComposing?(r.preventDefault(),r.stopPropagation(),this.close()):r.key==="Tab"&&this.#e.matches&&this.#i(r)},this.#t=r=>{if(r.key!=="Escape"||r.defaultPrevented||!this.isOpen())return;const o=this.panel(),l=document.activeElement;if(!o||!l||l===document.body)return;const a=o.getBoundingClientRect(),p=l.getBoundingClientRect();p.left<a.right&&p.right>a.left&&p.top<a.bottom&&p.bottom>a.top&&!o.contains(le()??null)&&this.close()},this.#r=()=>{const r=window.visualViewport,o=this.panel();if(!o||!r||r.scale!==1)return;const l=r.height<window.innerHeight-1;o.style.setProperty("--_visible-height",l?`${r.height}px`:"100dvh")},e.addController(this)}#e;hostConnected(){document.addEventListener("keydown",this.#t),window.visualViewport?.addEventListener("resize",this.#r)}hostDisconnected(){document.removeEventListener("keydown",this.#t),window.visualViewport?.removeEventListener("resize",this.#r)}hostUpdated(){this.isOpen()&&this.#r()}#i(e){const t=[...this.panel()?.querySelectorAll(Ui)??[]].filter(r=>r.tabIndex>=0&&r.getClientRects().length>0),n=e.shiftKey?t[0]:t[t.length-1],s=e.shiftKey?t[t.length-1]:t[0];!n||!s||le()!==n||(e.preventDefault(),s.focus())}#t;#r}const Hi=A`
  .card {
    margin-top: 0.6em;
    padding: 0.75em;
    border: 1px solid var(--_line);
    border-radius: 0.6em;
    background: var(--_paper);
    color: var(--_ink);
  }
  .card > * + * {
    margin-top: 0.6em;
  }
  .card-title {
    font-weight: 700;
  }
  .card dl {
    display: grid;
    gap: 0.5em;
  }
  .card dt {
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .card dd {
    font-weight: 600;
  }
  .booked {
    border: 2px solid var(--_good);
  }
  .booked .card-title {
    color: var(--_good);
  }
  .consent {
    padding-inline-start: 0.7em;
    border-inline-start: 3px solid var(--_link);
  }

  .card table {
    width: 100%;
    border-collapse: collapse;
  }
  .card caption {
    padding-bottom: 0.35em;
    font-weight: 700;
    text-align: start;
  }
  .card :is(th, td) {
    padding: 0.3em 0.5em 0.3em 0;
    border-top: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
  }
  .card thead th {
    border-top: 0;
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .card .today :is(th, td) {
    font-weight: 700;
  }
  .card .time {
    display: inline-block;
    margin-inline-end: 0.6em;
    font-variant-numeric: tabular-nums;
  }
  .day-note {
    display: block;
    color: var(--_quiet);
    font-size: 0.9em;
    font-weight: 400;
  }
  .open-state {
    display: flex;
    align-items: baseline;
    gap: 0.5em;
    font-weight: 700;
  }
  .open-state > span {
    flex: none;
    width: 0.7em;
    height: 0.7em;
    border: 2px solid currentColor;
    border-radius: 50%;
  }
  .open-state.is-open {
    color: var(--_good);
  }
  .open-state.is-open > span {
    background: currentColor;
  }
  .open-state.is-closed {
    color: var(--_error);
  }

  .slots legend {
    padding: 0;
    margin-bottom: 0.35em;
    font-weight: 700;
  }
  .slot-office {
    font-weight: 400;
  }
  .map img {
    display: block;
    width: 100%;
    height: auto;
    aspect-ratio: 3 / 2;
    object-fit: contain;
    border-radius: 0.4em;
    background: var(--_soft);
  }
  .source {
    margin-top: 0.6em;
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .source ul {
    padding-inline-start: 1.25em;
  }
`,Fi=A`
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-top: 0.6em;
  }
  .choice.chosen {
    border: 2px solid var(--_good);
    color: var(--_good);
  }
  .chosen-word {
    font-weight: 400;
  }
  @media (forced-colors: active) {
    .kumpel .choice.chosen {
      border: 3px solid Highlight;
      color: CanvasText;
    }
  }
`,Bi=A`
  .composer {
    display: grid;
    gap: 0.3em;
    padding: 0.6em 1em 0.8em;
    border-top: 1px solid var(--_line);
    background: var(--_paper);
  }
  .composer-row {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 0.5em;
  }
  .composer .field {
    flex: 1 1 9em;
    width: auto;
    min-width: 0;
    min-height: max(2.75em, 44px);
    max-height: min(10em, 30vh);
    resize: none;
  }
  .microphone {
    padding-inline: 0.6em;
  }
  @media print {
    .composer {
      display: none;
    }
  }
`,Ki=A`
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1em;
    margin-top: 0.4em;
    margin-inline-start: -0.45em;
  }
  .feedback-form {
    display: grid;
    gap: 0.5em;
    margin-top: 0.4em;
    padding: 0.75em;
    border: 1px solid var(--_line);
    border-radius: 0.6em;
  }
  @media print {
    .toolbar,
    .feedback-form {
      display: none;
    }
  }
`,qi=A`
  .launcher {
    position: fixed;
    inset-block-end: var(--kumpel-offset-block, 1em);
    inset-inline-end: var(--kumpel-offset-inline, 1em);
    z-index: var(--kumpel-layer, 2147483000);
    display: inline-flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 0.25em 0.6em;
    max-width: calc(100vw - 2em);
    min-height: max(3.25em, 48px);
    padding: 0.6em 1.2em;
    border: 2px solid var(--_on-accent);
    border-radius: 2em;
    background: var(--_accent);
    color: var(--_on-accent);
    box-shadow: 0 0.2em 1em rgb(0 0 0 / 30%);
    font-weight: 650;
    cursor: pointer;
  }
  .launcher:hover {
    background: color-mix(in srgb, var(--_accent) 82%, #000);
  }
  .kumpel .launcher:focus-visible {
    border-radius: 2em;
  }
  .unread {
    padding: 0 0.6em;
    border-radius: 1em;
    background: var(--_on-accent);
    color: var(--_accent);
    font-size: 0.9em;
  }
  @media print {
    .launcher {
      display: none;
    }
  }
`,ji=A`
  .menu {
    display: grid;
    gap: 0.6em;
    max-height: 60vh;
    padding: 0.75em 1em;
    overflow: hidden auto;
    border-bottom: 1px solid var(--_line);
    background: var(--_paper);
  }
  .menu legend {
    padding: 0;
    font-weight: 600;
  }
  .language,
  .menu-check {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    min-height: max(2.75em, 44px);
    padding-inline-end: 0.75em;
    cursor: pointer;
  }
  .menu input {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    accent-color: var(--_link);
  }
  .menu-item {
    display: flex;
    align-items: center;
    gap: 0.75em;
    width: 100%;
    min-height: max(2.75em, 44px);
    padding: 0.3em 0.5em;
    border: 1px solid transparent;
    border-radius: 0.4em;
    background: transparent;
    text-align: start;
    cursor: pointer;
  }
  .menu-item:hover {
    background: var(--_soft);
  }
  .menu-item.danger {
    color: var(--_error);
  }
  .end-question {
    display: grid;
    gap: 0.6em;
  }
`,Wi=A`
  kumpel-chat-message {
    display: block;
  }
  /* Those far above are laid out only when they come near; the newest always are, so
     that the height of the end is exact and nothing jumps. */
  kumpel-chat-message.settled {
    content-visibility: auto;
    contain-intrinsic-size: auto 7em;
  }
  .message {
    width: fit-content;
    max-width: 92%;
    min-width: 0;
  }
  .message.citizen {
    margin-inline-start: auto;
  }
  .message.kumpel {
    width: 92%;
  }
  .kumpel .message:focus-visible {
    border-radius: var(--_radius);
  }
  .byline {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.5em;
    color: var(--_quiet);
    font-size: 0.85em;
  }
  .citizen .byline {
    justify-content: end;
  }
  .speaker {
    font-weight: 700;
  }
  .bubble {
    padding: 0.6em 0.85em;
    border: 1px solid transparent;
    border-radius: var(--_radius);
  }
  .message.kumpel .bubble {
    width: fit-content;
    max-width: 100%;
    border-start-start-radius: 0.2em;
    background: var(--_soft);
  }
  .citizen .bubble {
    border-start-end-radius: 0.2em;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .citizen .bubble a {
    color: inherit;
  }
  .image {
    display: block;
    max-width: 100%;
    height: auto;
    margin-top: 0.6em;
    border-radius: 0.4em;
  }
  .delivery {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 0.5em;
    margin-top: 0.25em;
    color: var(--_quiet);
    font-size: 0.85em;
  }
  .delivery.failed {
    font-size: 1em;
  }
  @media (forced-colors: active) {
    .kumpel .bubble {
      border-color: CanvasText;
    }
    .kumpel .citizen .bubble {
      border-width: 3px;
    }
  }
`,Gi=A`
  .notice {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.5em;
    padding: 0.5em 1em;
    border-block: 1px solid currentColor;
    background: var(--_warn-paper);
    color: var(--_warn-ink);
    font-size: 0.95em;
  }
  .notice .quiet-button {
    color: inherit;
  }
  .notice .until {
    font-weight: 600;
  }
`,Vi=A`
  .rich > * + * {
    margin-top: 0.6em;
  }
  .rich ul {
    padding-inline-start: 1.25em;
  }
  .rich li + li {
    margin-top: 0.2em;
  }
  .rich bdi,
  .keep {
    unicode-bidi: isolate;
  }
`,Zi=A`
  :host {
    display: block !important;
    position: static !important;
    visibility: visible !important;
    opacity: 1 !important;
    transform: none !important;
    filter: none !important;
    perspective: none !important;
    contain: none !important;
    float: none !important;
    pointer-events: auto !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  :host([mode="inline"]) {
    height: 100%;
    min-height: min(30em, 100vh);
  }

  .kumpel {
    all: initial;
    --_accent: var(--_accent-attribute, var(--kumpel-accent, #00525c));
    --_on-accent: var(--kumpel-on-accent, #fff);
    --_ink: var(--kumpel-ink, #1a2327);
    --_quiet: var(--kumpel-quiet, #4a565c);
    --_paper: var(--kumpel-paper, #fff);
    --_soft: var(--kumpel-soft, #edf3f3);
    --_line: var(--kumpel-line, #c3cfd1);
    --_control: #5b6a70;
    --_link: var(--_accent);
    --_error: #a8101a;
    --_good: #1d6331;
    --_warn-paper: #fff4d6;
    --_warn-ink: #3d2c00;
    --_shadow: 0 0.4em 2em rgb(10 30 35 / 28%), 0 0 0 1px rgb(10 30 35 / 12%);
    --_focus-near: #1a2327;
    --_focus-far: #ffc43d;
    --_radius: var(--kumpel-radius, 0.75em);
    display: block;
    box-sizing: border-box;
    height: 100%;
    color: var(--_ink);
    color-scheme: light dark;
    font-family: var(
      --kumpel-font,
      system-ui,
      -apple-system,
      "Segoe UI",
      Roboto,
      "Noto Sans",
      sans-serif
    );
    font-size: var(--kumpel-font-size, medium);
    line-height: 1.5;
    text-size-adjust: 100%;
    -webkit-text-size-adjust: 100%;
    overflow-wrap: anywhere;
    direction: ltr;
  }

  @media (prefers-color-scheme: dark) {
    .kumpel {
      --_ink: var(--kumpel-ink-dark, #e9eff0);
      --_quiet: var(--kumpel-quiet-dark, #b7c4c8);
      --_paper: var(--kumpel-paper-dark, #151b1e);
      --_soft: var(--kumpel-soft-dark, #222c30);
      --_line: var(--kumpel-line-dark, #43525a);
      --_control: #93a3a9;
      --_link: color-mix(in srgb, var(--_accent) 35%, #fff);
      --_error: #ff9d99;
      --_good: #86dd9c;
      --_warn-paper: #3a2f12;
      --_warn-ink: #ffe6a6;
      --_shadow: 0 0.4em 2em rgb(0 0 0 / 60%), 0 0 0 1px #43525a;
      --_focus-near: #0b0f11;
    }
  }

  .kumpel *,
  .kumpel *::before,
  .kumpel *::after {
    box-sizing: border-box;
  }
  .kumpel [hidden] {
    display: none !important;
  }
  .kumpel :where(p, ul, ol, dl, dd, h2, h3, h4, figure, fieldset, table) {
    margin: 0;
    padding: 0;
  }
  .kumpel :where(ul, ol).plain {
    list-style: none;
  }
  .kumpel :where(fieldset) {
    border: 0;
    min-width: 0;
  }
  .kumpel :where(button, textarea, input) {
    font: inherit;
    letter-spacing: inherit;
    word-spacing: inherit;
    color: inherit;
    margin: 0;
  }
  .kumpel :where(svg) {
    display: inline-block;
    flex: none;
    width: 1.35em;
    height: 1.35em;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: -0.25em;
  }
  .kumpel a {
    color: var(--_link);
    text-underline-offset: 0.15em;
  }
  .kumpel a:hover {
    text-decoration-thickness: 0.15em;
  }

  /* Two rings, a dark one and a light one: one of them has 3:1 on any background. */
  .kumpel :focus-visible {
    outline: 3px solid var(--_focus-near);
    outline-offset: 0;
    box-shadow: 0 0 0 6px var(--_focus-far);
    border-radius: 0.3em;
  }

  .unseen {
    position: absolute !important;
    width: 1px !important;
    height: 1px !important;
    margin: -1px !important;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.45em;
    min-height: max(2.75em, 44px);
    max-width: 100%;
    padding: 0.45em 1em;
    border: 2px solid var(--_link);
    border-radius: 0.5em;
    background: var(--_paper);
    color: var(--_link);
    font-weight: 600;
    line-height: 1.3;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .button:hover {
    background: var(--_soft);
  }
  .button.main {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.main:hover {
    background: color-mix(in srgb, var(--_accent) 82%, #000);
  }
  .button.danger {
    border-color: var(--_error);
    color: var(--_error);
  }
  .button[aria-disabled="true"] {
    border: 1px solid var(--_line);
    background: transparent;
    color: var(--_quiet);
    cursor: default;
  }
  .quiet-button {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    min-width: max(2em, 32px);
    min-height: max(2em, 32px);
    padding: 0.2em 0.45em;
    border: 1px solid transparent;
    border-radius: 0.4em;
    background: transparent;
    color: var(--_quiet);
    font-size: 0.9em;
    cursor: pointer;
  }
  .quiet-button svg {
    width: 1.2em;
    height: 1.2em;
  }
  .quiet-button:hover {
    background: var(--_soft);
    color: var(--_ink);
  }
  .quiet-button[aria-pressed="true"] {
    border-color: var(--_link);
    color: var(--_link);
  }
  .quiet-button[aria-pressed="true"] svg {
    fill: currentColor;
  }

  .field-label {
    display: block;
    font-weight: 600;
  }
  .hint {
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .field-error {
    color: var(--_error);
    font-weight: 600;
  }
  .field {
    display: block;
    width: 100%;
    padding: 0.55em 0.7em;
    border: 2px solid var(--_control);
    border-radius: 0.5em;
    background: var(--_paper);
    color: var(--_ink);
    line-height: 1.4;
    resize: vertical;
  }
  .field::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  .field[aria-invalid="true"] {
    border-color: var(--_error);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }

  @media (forced-colors: active) {
    .kumpel .button,
    .kumpel .quiet-button {
      border-color: ButtonText;
    }
    .kumpel .quiet-button[aria-pressed="true"] {
      border: 3px solid Highlight;
    }
    .kumpel .button[aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
    }
    .kumpel :focus-visible {
      outline: 3px solid Highlight;
      outline-offset: 2px;
      box-shadow: none;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .kumpel *,
    .kumpel *::before,
    .kumpel *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`,Yi=A`
  kumpel-chat-transcript {
    position: relative;
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  .log {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: 0.9em;
    min-height: 0;
    padding: 1em;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .kumpel .log:focus-visible {
    outline-offset: -3px;
    box-shadow: inset 0 0 0 6px var(--_focus-far);
    border-radius: 0;
  }
  .log > * {
    flex: none;
  }
  .welcome {
    display: grid;
    gap: 0.5em;
  }
  .waiting {
    display: flex;
    align-items: center;
    gap: 0.6em;
    min-height: 1.5em;
    color: var(--_quiet);
  }
  .dots {
    display: inline-flex;
    flex: none;
    gap: 0.25em;
  }
  .dots i {
    width: 0.5em;
    height: 0.5em;
    border: 0.25em solid currentColor;
    border-radius: 50%;
    animation: kumpel-breathe 1.2s ease-in-out infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.2s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.4s;
  }
  @keyframes kumpel-breathe {
    50% {
      opacity: 0.25;
    }
  }
  .to-newest {
    position: absolute;
    inset-block-end: 0.5em;
    inset-inline: 0;
    width: fit-content;
    margin-inline: auto;
    box-shadow: var(--_shadow);
  }
`,Ji=A`
  .panel {
    display: grid;
    grid-template-rows: auto auto minmax(9em, 1fr) auto auto;
    min-width: 0;
    overflow: hidden auto;
    background: var(--_paper);
    color: var(--_ink);
  }
  .panel > * {
    min-width: 0;
  }
  kumpel-chat-transcript {
    grid-row: 3;
  }
  .below {
    grid-row: 4;
  }
  .floating .panel {
    position: fixed;
    inset-block-end: var(--kumpel-offset-block, 1em);
    inset-inline-end: var(--kumpel-offset-inline, 1em);
    z-index: var(--kumpel-layer, 2147483000);
    width: min(var(--kumpel-width, 27em), calc(100vw - 2em));
    height: min(var(--kumpel-height, 44em), calc(var(--_visible-height, 100dvh) - 2em));
    border: 1px solid transparent;
    border-radius: var(--_radius);
    box-shadow: var(--_shadow);
  }
  .inline .panel {
    height: 100%;
    border: 1px solid var(--_line);
  }
  @media (max-width: 40em), (max-height: 30em) {
    .floating .panel {
      inset: 0;
      width: 100vw;
      max-width: 100%;
      height: var(--_visible-height, 100dvh);
      border: 0;
      border-radius: 0;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .floating .panel {
      animation: kumpel-rise 0.16s ease-out;
    }
    @keyframes kumpel-rise {
      from {
        opacity: 0;
        transform: translateY(0.75em);
      }
    }
  }

  .header {
    display: flex;
    align-items: center;
    gap: 0.4em;
    padding: 0.3em 0.5em 0.3em 1em;
    border-bottom: 1px solid transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .heading {
    flex: 1;
    min-width: 0;
    font-size: 1.1em;
    font-weight: 700;
    line-height: 1.3;
  }
  .header-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    min-width: max(2.75em, 44px);
    min-height: max(2.75em, 44px);
    padding: 0;
    border: 1px solid transparent;
    border-radius: 0.4em;
    background: transparent;
    color: inherit;
    cursor: pointer;
  }
  .header-button:hover {
    background: rgb(0 0 0 / 25%);
  }
  .skip {
    position: absolute;
    inset-block-start: 0.5em;
    inset-inline-start: 0.5em;
    z-index: 1;
  }
  .skip:not(:focus) {
    width: 1px;
    height: 1px;
    min-height: 0;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .ended {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.6em;
    padding: 0.8em 1em;
    border-top: 1px solid var(--_line);
  }

  /* A panel too low for three parts, as at 400 % zoom, scrolls as a whole. */
  @media (max-height: 22em) {
    .panel .log {
      overflow: visible;
    }
    .panel {
      grid-template-rows: auto auto auto auto auto;
    }
  }

  @media (forced-colors: active) {
    .floating .panel,
    .header {
      border-color: CanvasText;
    }
  }

  @media print {
    :host(:not([data-kumpel-printed])) .floating .panel {
      display: none;
    }
    .kumpel .panel {
      position: static !important;
      display: block !important;
      width: auto !important;
      height: auto !important;
      overflow: visible !important;
      border: 0;
      box-shadow: none;
      color: #000;
      background: #fff;
    }
    .kumpel .log {
      display: block;
      overflow: visible;
      padding: 0;
    }
    .kumpel kumpel-chat-message {
      margin-block: 0.8em;
      content-visibility: visible !important;
      break-inside: avoid;
    }
    .kumpel :is(.header-button, .menu, .to-newest, .notice, .waiting, .ended, .skip) {
      display: none !important;
    }
    .kumpel .header {
      background: none;
      color: #000;
      border-bottom: 1px solid #000;
    }
    .kumpel .bubble {
      border: 1px solid #666;
      background: none !important;
      color: #000 !important;
    }
    .kumpel a[href^="http"]::after {
      content: " (" attr(href) ")";
      font-size: 0.85em;
    }
  }
`,Qi=[Zi,qi,Vi,Fi,Hi,Ki,Wi,Yi,Gi,Bi,ji,Ji];var Xi=Object.defineProperty,$=(i,e,t,n)=>{for(var s=void 0,r=i.length-1,o;r>=0;r--)(o=i[r])&&(s=o(e,t,s)||s);return s&&Xi(e,t,s),s};const en=import.meta.url,ve="open",Ye="language";class v extends B{constructor(){super(...arguments),this.server="",this.lang="",this.service="",this.open=!1,this.accent="",this.greeting="",this.heading="",this.mode="floating",this.conversationKey="",this.language="de",this.isMenuOpen=!1,this.readsAloud=!1,this.unread=0,this.now=0,this.#i=be(""),this.#r=!1,this.#n=!1,this.#a=0,this.#c=new zi(this,()=>this.panel,()=>this.open&&this.mode!=="inline",()=>{this.closeChat()}),this.#l=new Pi(this,e=>{const{words:t}=this.context;this.#d((e<0?t.typing:t.progress[e])??"")}),this.#$=e=>{e.target.id==="field"&&this.#u()},this.#w=e=>{const t=this.#e;if(!t)return;t.send(e.detail);const{notice:n}=t.state;(n?.kind==="empty"||n?.kind==="too_long")&&e.preventDefault()},this.#y=()=>{this.#g(),this.#u(),this.updateComplete.then(()=>{this.composer?.focus()})},this.#k=()=>{this.composer?this.composer.focus():this.renderRoot.querySelector(".restart")?.focus()},this.#_=()=>{this.isMenuOpen=!this.isMenuOpen,this.isMenuOpen&&this.updateComplete.then(async()=>{await this.menu?.updateComplete,this.menu?.focus()})},this.#p=()=>{this.isMenuOpen=!1,this.updateComplete.then(()=>{this.renderRoot.querySelector(".menu-button")?.focus()})}}static{this.styles=Qi}#e;#i;#t;#r;#n;#a;#o;#s;#c;#l;openChat(){this.mode!=="inline"&&(this.#t=le()),this.open=!0,this.updateComplete.then(()=>{this.composer?.focus(),this.#d(this.#b)}),this.#u()}closeChat(){if(!this.open||this.mode==="inline")return;const e=this.shadowRoot?.activeElement!==null,t=this.#t;this.open=!1,this.isMenuOpen=!1,ne(),this.updateComplete.then(()=>{if(!e)return;(t?.isConnected&&t.getRootNode()!==this.shadowRoot?t:this.renderRoot.querySelector(".launcher"))?.focus()})}connectedCallback(){super.connectedCallback(),this.#o=Di(()=>{this.#m()}),this.hasUpdated&&this.#g()}disconnectedCallback(){super.disconnectedCallback(),this.#o?.(),clearInterval(this.#s),this.#e?.close(),this.#e=void 0,ne()}willUpdate(e){this.lang.toLowerCase()==="easy"&&this.setAttribute("lang","de-simple");const t=!this.hasUpdated;if((t||e.has("server")||e.has("conversationKey"))&&this.#g(),t||e.has("lang")){const n=this.#i.getItem(Ye);this.#A(ei(n??(this.lang||this.#I())))}e.has("service")&&this.#e&&(this.#e.service=this.service||void 0),t&&this.#i.getItem(ve)&&this.mode!=="inline"&&(this.open=!0),(this.open||this.mode==="inline")&&(this.#r=!0,this.unread=0)}firstUpdated(){this.#e?.isStored&&this.#u()}updated(e){e.has("accent")&&this.#M(),!(!e.has("open")||this.mode==="inline")&&(this.open?this.#i.setItem(ve,"1"):this.#i.removeItem(ve),this.open!==this.#n&&this.#S(this.open?"kumpel-open":"kumpel-close",void 0),this.#n=this.open)}render(){const{words:e}=this.context,t=this.mode==="inline";return c`<div
      class="kumpel ${t?"inline":"floating"}"
      lang=${e.tag}
    >
      ${t?d:ti(e,this.open,this.unread,()=>{this.openChat()})}
      ${this.#r?this.#h(t):d}
      <kumpel-chat-live></kumpel-chat-live>
    </div>`}#h(e){const{context:t,talk:n}=this,{words:s}=t;return c`<div
      class="panel"
      part="panel"
      role=${e?"region":"dialog"}
      aria-labelledby="heading"
      ?hidden=${!e&&!this.open}
      @keydown=${e?d:this.#c.pressed}
      @focusin=${this.#$}
    >
      <button type="button" class="button skip" @click=${this.#k}>
        ${s.skipToField}
      </button>
      <div class="header" part="header">
        <h2 class="heading" part="heading" id="heading" dir="auto">
          ${this.heading||s.heading}
        </h2>
        <button
          type="button"
          class="header-button menu-button"
          aria-label=${s.menu}
          title=${s.menu}
          aria-expanded=${this.isMenuOpen?"true":"false"}
          @click=${this.#_}
        >
          ${w.menu}
        </button>
        ${e?d:c`<button
                type="button"
                class="header-button close-button"
                aria-label=${s.close}
                title=${s.close}
                @click=${this.closeChat}
              >
                ${w.close}
              </button>`}
      </div>
      ${this.isMenuOpen?this.#f():d}
      <kumpel-chat-transcript
        .entries=${n?.entries??[]}
        .context=${t}
        .greeting=${this.#b}
        .starters=${this.#T}
        .waiting=${this.#N}
      ></kumpel-chat-transcript>
      <div class="below">
        ${n?.phase==="ended"?this.#C():this.#E()}
      </div>
    </div>`}#f(){return c`<kumpel-chat-menu
      .context=${this.context}
      .hasMessages=${!!this.talk?.entries.length}
      .readsAloud=${this.readsAloud}
      @command=${e=>void this.#L(e.detail)}
      @language=${e=>{this.#z(e.detail)}}
      @reading=${e=>{this.readsAloud=e.detail,e.detail||ne()}}
      @dismiss=${this.#p}
    ></kumpel-chat-menu>`}#E(){const e=this.talk?.notice,t=e?.kind==="empty"||e?.kind==="too_long";return c`${ni(e,this.context.words,this.now,()=>{this.#e?.dismissNotice(),this.composer?.focus()})}
      <kumpel-chat-composer
        .words=${this.context.words}
        .storage=${this.#i}
        .error=${t?e.text:""}
        @send=${this.#w}
        @corrected=${()=>this.#e?.dismissNotice()}
        @announce=${n=>{this.#d(n.detail)}}
      ></kumpel-chat-composer>`}#C(){const{words:e}=this.context;return c`<div class="ended">
      <p>${this.talk?.notice?.text??e.core.ended}</p>
      <button type="button" class="button main restart" @click=${this.#y}>
        ${e.newConversation}
      </button>
    </div>`}get#b(){return this.greeting||this.context.words.greeting}get#T(){if(this.talk?.entries.length||this.talk?.phase==="ended")return[];const{words:e}=this.context;return this.service?e.startersOnService:e.startersAnywhere}get#N(){if(!this.#l.isWaiting)return"";const{words:e}=this.context;return e.progress[this.#l.step]??e.typing}#I(){let e=this.parentElement;for(;e;){const t=e.closest("[lang]");if(t)return t.getAttribute("lang")??"";const n=e.getRootNode();e=n instanceof ShadowRoot?n.host:null}return""}#M(){if(!this.frame)return;const e=li(this.accent,this.frame);e?this.frame.style.setProperty("--_accent-attribute",e):this.frame.style.removeProperty("--_accent-attribute")}get#v(){const e=new URL(en),t=e.pathname.replace(/\/chat\/[^/]*$/,""),n=e.origin+(t===e.pathname?"":t);return(this.server||n).replace(/\/+$/,"")}#g(){this.#e?.close();const e=this.conversationKey?`${this.conversationKey}:`:"";this.#i=be(`kumpel-chat:${e}${this.#v}:`);const t=new Qt({server:this.#v,language:this.language,texts:fe[this.language].core,storage:be(e),...this.service?{service:this.service}:{}});this.#e=t,this.#a=0,this.talk=t.state,t.addEventListener("change",()=>{t===this.#e&&this.#D(t.state)})}async#u(){this.#e?.state.phase==="idle"&&await this.#e.start()}#D(e){const t=this.talk;this.talk=e,this.#l.set(e.phase==="waiting");const n=e.announcement;n&&n.id!==this.#a&&(this.#a=n.id,this.live?.say(n.text,n.language),this.readsAloud&&this.open&&Ze(n.text,n.language)),this.#O(t?.entries??[],e.entries,t?.phase),this.#R(e.notice?.until)}#O(e,t,n){if(t===e||n==="starting"||n==="idle")return;const s=new Set(e.map(r=>r.key));for(const r of t){if(s.has(r.key))continue;const{speaker:o,text:l,language:a}=r;o==="kumpel"&&!this.open&&this.mode!=="inline"&&this.unread++,this.#S("kumpel-message",{speaker:o,text:l,language:a})}}#R(e){clearInterval(this.#s),this.now=Date.now(),e!==void 0&&(this.#s=setInterval(()=>{this.now=Date.now(),this.now>=e&&clearInterval(this.#s)},1e3))}#$;#w;#y;async#P(){try{await this.#e?.end()}catch{this.#p();return}this.isMenuOpen=!1,await this.updateComplete,this.renderRoot.querySelector(".restart")?.focus()}#k;#_;#p;async#L(e){const{words:t}=this.context;if(e==="end"){await this.#P();return}this.#p();const n=this.heading||t.heading,s=Ei(this.talk?.entries??[],t,n);e==="copy"?await this.#x(s):e==="save"?(Ni(s,t.fileName),this.#d(t.saved)):(await this.updateComplete,Mi(this))}async#x(e){const{words:t}=this.context;this.#d(await Ci(e)?t.copied:t.copyFailed)}#U(e){const t=this.context.spokenKey===e.key;ne();const n=()=>{this.context.spokenKey===e.key&&this.#m(void 0)},s=!t&&Ze(bt(e),e.language,n,!0);this.#m(s?e.key:void 0)}#z(e){this.#i.setItem(Ye,e),this.#A(e),this.#d(this.context.words.languageIsNow)}#A(e){this.language=e,this.#e&&(this.#e.language=e,this.#e.texts=fe[e].core),this.#m()}#d(e){this.live?.say(e,this.context.words.tag)}#m(e){const t=fe[this.language];this.context={words:t,language:this.language,canSpeak:vt(t.tag)!==void 0,spokenKey:e,actions:{ask:n=>{this.#e?.send(n),this.composer?.focus()},choose:({choice:n,title:s})=>{this.#e?.choose(n,s),this.composer?.focus()},retry:n=>{this.#e?.retry(n),this.composer?.focus()},rate:async(n,s,r)=>{await this.#e?.rate(n,s,r)},reportError:async(n,s)=>{await this.#e?.reportError(n,s)},copy:n=>void this.#x(n),speak:n=>{this.#U(n)},announce:n=>{this.#d(n)}}}}#S(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0}))}}$([g()],v.prototype,"server");$([g()],v.prototype,"lang");$([g()],v.prototype,"service");$([g({type:Boolean,reflect:!0})],v.prototype,"open");$([g()],v.prototype,"accent");$([g()],v.prototype,"greeting");$([g()],v.prototype,"heading");$([g()],v.prototype,"mode");$([g({attribute:"conversation-key"})],v.prototype,"conversationKey");$([x()],v.prototype,"language");$([x()],v.prototype,"talk");$([x()],v.prototype,"context");$([x()],v.prototype,"isMenuOpen");$([x()],v.prototype,"readsAloud");$([x()],v.prototype,"unread");$([x()],v.prototype,"now");$([te(".kumpel")],v.prototype,"frame");$([te(".panel")],v.prototype,"panel");$([te("kumpel-chat-composer")],v.prototype,"composer");$([te("kumpel-chat-menu")],v.prototype,"menu");$([te("kumpel-chat-live")],v.prototype,"live");function $t(){return window.SpeechRecognition}async function tn(i){const e=$t();if(!e?.available||!("processLocally"in e.prototype))return!1;try{const n={langs:[wt(i)],processLocally:!0};return await e.available(n)==="available"}catch{return!1}}function nn(i,e,t){const n=$t();if(!n)return;const s=new n;s.lang=wt(i),s.processLocally=!0,s.interimResults=!1;let r=!1;s.addEventListener("result",o=>{const{results:l}=o;e(Array.from(l,a=>a[0]?.transcript??"").join(" "))}),s.addEventListener("error",()=>{r=!0}),s.addEventListener("end",()=>{t(r)});try{s.start()}catch{return}return()=>{s.stop()}}function wt(i){return i==="en"?"en-GB":"de-DE"}class j extends B{createRenderRoot(){return this}}function O(i,e){customElements.get(i)||customElements.define(i,e)}var sn=Object.defineProperty,R=(i,e,t,n)=>{for(var s=void 0,r=i.length-1,o;r>=0;r--)(o=i[r])&&(s=o(e,t,s)||s);return s&&sn(e,t,s),s};const rn=4e3,on=300,$e="draft";class C extends j{constructor(){super(...arguments),this.error="",this.length=0,this.canDictate=!1,this.isListening=!1,this.hasDictationFailed=!1,this.#n=()=>{const e=this.#t;this.length=e.value.length,this.hasDictationFailed=!1,e.value?this.storage.setItem($e,e.value):this.storage.removeItem($e),this.error&&this.dispatchEvent(new CustomEvent("corrected")),this.#a()},this.#o=e=>{e.key!=="Enter"||e.shiftKey||e.isComposing||e.keyCode===229||(e.preventDefault(),this.#c())},this.#s=e=>{e.preventDefault(),this.#c()},this.#l=()=>{if(this.#e){this.#e();return}const e=this.#t.value;this.#e=nn(this.words.tag,t=>{this.#r([e,t].filter(Boolean).join(" "))},t=>{this.#e=void 0,this.isListening=!1,this.hasDictationFailed=t,this.#h(t?this.words.dictationFailed:""),this.#t.focus()}),this.isListening=this.#e!==void 0,this.hasDictationFailed=!this.isListening,this.#h(this.isListening?this.words.dictating:this.words.dictationFailed)}}#e;render(){const{words:e,error:t}=this,n=rn-this.length,s=n<=on;return c`<form
      class="composer"
      part="composer"
      novalidate
      @submit=${this.#s}
    >
      <label class="field-label" for="field">${e.fieldLabel}</label>
      <p class="unseen" id="field-hint">${e.fieldHint}</p>
      ${t?c`<p class="field-error" id="field-error">${t}</p>`:d}
      ${this.isListening||this.hasDictationFailed?c`<p class="hint">
              ${this.isListening?e.dictating:e.dictationFailed}
            </p>`:d}
      <div class="composer-row">
        <textarea
          id="field"
          class="field"
          part="field"
          rows="1"
          dir="auto"
          autocomplete="off"
          enterkeyhint="send"
          aria-describedby="field-hint${t?" field-error":""}${s?" field-count":""}"
          aria-invalid=${t?"true":d}
          @input=${this.#n}
          @keydown=${this.#o}
        ></textarea>
        ${this.canDictate?this.#i():d}
        <button type="submit" class="button main send" part="send">
          ${w.send}<span class="send-word">${e.send}</span>
        </button>
      </div>
      ${s?c`<p class="hint ${n<0?"field-error":""}" id="field-count">
              ${e.charactersLeft(n)}
            </p>`:d}
    </form>`}#i(){const e=this.isListening?this.words.stopDictating:this.words.dictate;return c`<button
      type="button"
      class="button microphone"
      aria-label=${e}
      title=${e}
      @click=${this.#l}
    >
      ${this.isListening?w.stop:w.microphone}
    </button>`}firstUpdated(){const e=this.storage.getItem($e);e&&this.#r(e)}willUpdate(e){e.has("words")&&tn(this.words.tag).then(t=>{this.canDictate=t})}disconnectedCallback(){super.disconnectedCallback(),this.#e?.()}focus(){this.#t.focus()}get#t(){return this.querySelector("textarea")}#r(e){this.#t.value=e,this.#n()}#n;#a(){const e=this.#t;e.style.height="auto";const t=e.offsetHeight-e.clientHeight;e.style.height=`${e.scrollHeight+t}px`}#o;#s;#c(){const e=this.#t.value.trim(),t=new CustomEvent("send",{detail:e,cancelable:!0});this.dispatchEvent(t)&&this.#r(""),this.#t.focus()}#l;#h(e){e&&this.dispatchEvent(new CustomEvent("announce",{detail:e}))}}R([g({attribute:!1})],C.prototype,"words");R([g({attribute:!1})],C.prototype,"storage");R([g({attribute:!1})],C.prototype,"error");R([x()],C.prototype,"length");R([x()],C.prototype,"canDictate");R([x()],C.prototype,"isListening");R([x()],C.prototype,"hasDictationFailed");var an=Object.defineProperty,W=(i,e,t,n)=>{for(var s=void 0,r=i.length-1,o;r>=0;r--)(o=i[r])&&(s=o(e,t,s)||s);return s&&an(e,t,s),s};const ln=1e3;class P extends j{constructor(){super(...arguments),this.error="",this.thanks="",this.current=0,this.#o=()=>{this.form=void 0,this.error="",this.updateComplete.then(()=>{this.#s()[this.current]?.focus()})},this.#c=e=>{const t=this.#s().indexOf(e.target);t>=0&&(this.current=t)},this.#l=e=>{const t=this.#s(),n=t.length-1,s={ArrowRight:this.current===n?0:this.current+1,ArrowLeft:this.current===0?n:this.current-1,Home:0,End:n}[e.key];s!==void 0&&(e.preventDefault(),t[s]?.focus())}}render(){const{words:e}=this.context,t=`${e.aboutThisAnswer}`;return c`<div
        class="toolbar"
        part="answer-toolbar"
        role="toolbar"
        aria-label=${t}
        lang=${e.tag}
        @keydown=${this.#l}
        @focusin=${this.#c}
      >
        ${this.#e()}
      </div>
      ${this.thanks&&!this.form?c`<p class="hint" lang=${e.tag}>${this.thanks}</p>`:d}
      ${this.form?this.#i(this.form):d}`}#e(){const{words:e,actions:t,canSpeak:n,spokenKey:s}=this.context,r=this.entry.position!==void 0,o=[],l=(a,p,m,h,u)=>{const f=o.length;o.push(c`<button
          type="button"
          class="quiet-button"
          aria-label=${a}
          title=${a}
          tabindex=${f===this.current?"0":"-1"}
          aria-pressed=${h===void 0?d:String(h)}
          aria-expanded=${u===void 0?d:String(u)}
          @click=${m}
        >
          ${p}
        </button>`)};if(r)for(const a of["up","down"])l(a==="up"?e.helpful:e.notHelpful,w[a],()=>void this.#t(a),this.entry.rating===a);if(l(e.copyAnswer,w.copy,()=>{t.copy(this.entry.text)}),n){const a=s===this.entry.key;l(a?e.stopReading:e.readAloud,a?w.stop:w.speaker,()=>{t.speak(this.entry)})}return r&&l(e.reportError,c`${w.flag}<span>${e.reportError}</span>`,()=>{this.#a(this.form==="report"?void 0:"report")},void 0,this.form==="report"),o}#i(e){const{words:t}=this.context,n=`feedback-${this.entry.key}`,s=e==="report";return c`<form
      class="feedback-form"
      part="feedback"
      lang=${t.tag}
      novalidate
      @submit=${r=>{r.preventDefault(),this.#r(e)}}
      @keydown=${r=>{r.key==="Escape"&&(r.stopPropagation(),this.#o())}}
    >
      <label class="field-label" for=${n}
        >${s?t.reportLabel:t.commentLabel}</label
      >
      <p class="hint" id="${n}-hint">
        ${s?t.reportHint:t.commentHint}
      </p>
      ${this.error?c`<p class="field-error" id="${n}-error">${this.error}</p>`:d}
      <textarea
        class="field"
        id=${n}
        rows="3"
        maxlength=${ln}
        aria-required=${s?"true":d}
        aria-invalid=${this.error?"true":d}
        aria-describedby="${n}-hint${this.error?` ${n}-error`:""}"
        @input=${()=>{this.error=""}}
      ></textarea>
      <div class="row">
        <button type="submit" class="button main">
          ${s?t.sendReport:t.sendComment}
        </button>
        <button type="button" class="button" @click=${this.#o}>
          ${s?t.cancel:t.noComment}
        </button>
      </div>
    </form>`}async#t(e){const{words:t,actions:n}=this.context,{position:s}=this.entry;if(s===void 0)return;const r=this.entry.rating===e?null:e;try{await n.rate(s,r)}catch{this.#n(t.feedbackFailed);return}this.#n(r?t.thanksForRating:t.ratingTakenBack),this.form=r==="down"?"comment":void 0,this.error=""}async#r(e){const{words:t,actions:n}=this.context,{position:s,rating:r}=this.entry,o=this.querySelector("textarea"),l=o?.value.trim()??"";if(s!==void 0){if(!l){if(e==="comment"){this.#o();return}this.error=t.emptyReport,n.announce(this.error),o?.focus();return}try{e==="report"?await n.reportError(s,l):await n.rate(s,r??"down",l)}catch{this.error=t.feedbackFailed,n.announce(this.error),o?.focus();return}this.#n(t.thanksForComment),this.#o()}}#n(e){this.thanks=e,this.context.actions.announce(e)}#a(e){this.error="",this.thanks="",this.form=e,e&&this.updateComplete.then(()=>this.querySelector("textarea")?.focus())}#o;#s(){return[...this.querySelectorAll(".toolbar > button")]}#c;#l}W([g({attribute:!1})],P.prototype,"entry");W([g({attribute:!1})],P.prototype,"context");W([x()],P.prototype,"form");W([x()],P.prototype,"error");W([x()],P.prototype,"thanks");W([x()],P.prototype,"current");const cn=1500;class hn extends j{render(){return c`<div
      class="unseen live"
      part="live-region"
      role="status"
      aria-live="polite"
      aria-atomic="false"
      aria-relevant="additions"
    ></div>`}say(e,t){const n=this.querySelector(".live");if(!n||!e)return;const s=document.createElement("p");s.lang=t,s.textContent=e,n.append(s),setTimeout(()=>{s.parentNode?.removeChild(s)},cn)}}var dn=Object.defineProperty,de=(i,e,t,n)=>{for(var s=void 0,r=i.length-1,o;r>=0;r--)(o=i[r])&&(s=o(e,t,s)||s);return s&&dn(e,t,s),s};const un=["de","easy","en"];class ie extends j{constructor(){super(...arguments),this.hasMessages=!1,this.readsAloud=!1,this.isAsking=!1,this.#n=()=>{this.isAsking=!0,this.updateComplete.then(()=>{this.querySelector(".end-question button:last-child")?.focus()})},this.#a=()=>{this.isAsking=!1,this.updateComplete.then(()=>{this.querySelector(".menu-item.danger")?.focus()})},this.#o=e=>{e.key==="Escape"&&(e.stopPropagation(),this.isAsking?this.#a():this.#s("dismiss",void 0))}}render(){const{words:e}=this.context;return c`<div
      class="menu"
      part="menu"
      role="group"
      aria-label=${e.menu}
      @keydown=${this.#o}
    >
      ${this.isAsking?this.#r():this.#e()}
    </div>`}#e(){const{words:e,language:t,canSpeak:n}=this.context;return c`<fieldset>
        <legend>${e.language}</legend>
        <div class="row">
          ${un.map(s=>this.#i(s,t))}
        </div>
      </fieldset>
      ${n?c`<label class="menu-check">
              <input
                type="checkbox"
                .checked=${this.readsAloud}
                @change=${s=>{this.#s("reading",s.target.checked)}}
              />
              ${e.readAnswersAloud}
            </label>`:d}
      ${this.hasMessages?c`<ul class="plain">
              ${this.#t("print",e.print,w.print)}
              ${this.#t("save",e.save,w.save)}
              ${this.#t("copy",e.copyConversation,w.copy)}
              <li>
                <button type="button" class="menu-item danger" @click=${this.#n}>
                  ${w.bin}<span>${e.end}</span>
                </button>
              </li>
            </ul>`:d}`}#i(e,t){return c`<label class="language">
      <input
        type="radio"
        name="language"
        .checked=${e===t}
        @change=${()=>{this.#s("language",e)}}
      />
      <span lang=${e==="en"?"en":"de"}
        >${this.context.words.languages[e]}</span
      >
    </label>`}#t(e,t,n){return c`<li>
      <button
        type="button"
        class="menu-item"
        @click=${()=>{this.#s("command",e)}}
      >
        ${n}<span>${t}</span>
      </button>
    </li>`}#r(){const{words:e}=this.context;return c`<div role="group" aria-labelledby="end-question" class="end-question">
      <p id="end-question">${e.endQuestion}</p>
      <div class="row">
        <button
          type="button"
          class="button danger"
          aria-describedby="end-question"
          @click=${()=>{this.#s("command","end")}}
        >
          ${e.endYes}
        </button>
        <button type="button" class="button" @click=${this.#a}>
          ${e.endNo}
        </button>
      </div>
    </div>`}focus(){this.querySelector("input:checked, button")?.focus()}#n;#a;#o;#s(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}}de([g({attribute:!1})],ie.prototype,"context");de([g({attribute:!1})],ie.prototype,"hasMessages");de([g({attribute:!1})],ie.prototype,"readsAloud");de([x()],ie.prototype,"isAsking");function yt(i,e){return c`<p class="source">${e.source}: ${kt(i,e)}</p>`}function pn(i,e){const[t]=i;return t?i.length===1?yt(t,e):c`<div class="source">
    <p>${e.sources}:</p>
    <ul>
      ${i.map(n=>c`<li>${kt(n,e)}</li>`)}
    </ul>
  </div>`:d}function kt(i,e){const t=[i.asOf?e.asOf(xe(i.asOf,e.tag)):"",i.retrieved?e.retrieved(xe(i.retrieved,e.tag)):""].filter(Boolean);return c`${i.url?ue(i.url,i.name,e):c`<span dir="auto">${i.name}</span>`}${t.length?c`, <bdi>${t.join(", ")}</bdi>`:d}`}function ue(i,e,t,n=""){return c`<a
    class=${n||d}
    href=${i}
    target="_blank"
    rel="noopener noreferrer"
    dir="auto"
    >${e}<span class="unseen"> (${t.opensInNewWindow})</span></a
  >`}function _t(i){return c`<dl>
    ${i.map(([e,t])=>t?c`<div>
            <dt>${e}</dt>
            <dd dir="auto">${t}</dd>
          </div>`:d)}
  </dl>`}function mn(i){return c`<div
    class="card preview"
    part="card"
    role="group"
    aria-label=${i.title}
  >
    <p class="card-title" dir="auto">${i.title}</p>
    ${_t(i.fields.map(({label:e,value:t})=>[e,t]))}
    ${i.consent?c`<p class="consent" dir="auto">${i.consent}</p>`:d}
  </div>`}function fn(i,e){return c`<div
    class="card booked"
    part="card"
    role="group"
    aria-label=${e.booked}
  >
    <p class="card-title">${w.tick} ${e.booked}</p>
    ${_t([[e.bookingNumber,i.number],[e.when,i.when],[e.where,[i.office,i.address].filter(Boolean).join(", ")]])}
    <div class="row">
      ${i.calendarUrl?c`<a class="button main" href=${i.calendarUrl} download="Termin.ics">
              ${w.calendar} ${e.saveDate}
            </a>`:d}
      ${i.manageUrl?ue(i.manageUrl,e.manage,e,"button"):d}
    </div>
  </div>`}function gn(i,e,t){return c`<figure class="card map" part="card">
    ${e?c`<img src=${e} alt=${i.alt} loading="lazy" decoding="async" />`:d}
    <figcaption>
      ${i.places.length?c`<ul class="plain">
              ${i.places.map(n=>c`<li dir="auto">${n.name}</li>`)}
            </ul>`:d}
      ${i.url?ue(i.url,t.openMap,t):d}
    </figcaption>
  </figure>`}function bn(i,e,t){const n=i.isOpen===null?"":i.isOpen?"is-open":"is-closed",s=i.statement||(i.isOpen===null?"":i.isOpen?e.openNow:e.closedNow);return c`<div class="card hours" part="card">
    ${s?c`<p class="open-state ${n}">
            <span aria-hidden="true"></span>${s}
          </p>`:d}
    ${i.days.length?c`<table>
            <caption dir="auto">
              ${e.hoursOf(i.office)}
            </caption>
            <thead>
              <tr>
                <th scope="col">${e.day}</th>
                <th scope="col">${e.times}</th>
              </tr>
            </thead>
            <tbody>
              ${i.days.map(r=>vn(r,e,r.date===t))}
            </tbody>
          </table>`:d}
    ${i.source?yt(i.source,e):d}
  </div>`}function vn(i,e,t){return c`<tr class=${t?"today":""}>
    <th scope="row">
      ${i.day}${t?c` <span class="today-word">(${e.today})</span>`:d}
    </th>
    <td>
      ${i.times.length?i.times.map(n=>c`<bdi class="time" dir="ltr">${n}</bdi> `):e.closedAllDay}
      ${i.note?c`<span class="day-note" dir="auto">${i.note}</span>`:d}
    </td>
  </tr>`}function xt(i,e,t,n=e.title){const{words:s,actions:r}=t,o=i.isUsed===!0&&i.chosenTitle===e.title;return c`<button
    type="button"
    class="button choice ${o?"chosen":""}"
    part="choice"
    aria-disabled=${i.isUsed?"true":d}
    tabindex=${i.isUsed?"-1":d}
    @click=${()=>{i.isUsed||r.choose(e)}}
  >
    ${o?w.tick:d}<span dir="auto">${n}</span>
    ${o?c`<span class="chosen-word">(${s.chosen})</span>`:d}
  </button>`}function $n(i,e,t){return e.length===0?d:c`<div class="choices" role="group" aria-label=${t.words.choose}>
    ${e.map(n=>xt(i,n,t))}
  </div>`}function wn(i,e,t,n){const s=new Set(e.offers.map(l=>l.office)),[r]=s.size===1?s:[void 0],o=new Map;for(const l of e.offers)o.set(l.date,[...o.get(l.date)??[],l]);return c`<div
    class="card slots"
    part="card"
    role="group"
    aria-label=${t.slots}
  >
    ${r?c`<p dir="auto">${t.allAt(r)}</p>`:d}
    ${[...o.values()].map(l=>c`<fieldset>
          <legend>
            <span class="unseen">${t.slotsOn("")}</span>${l[0]?.day}
          </legend>
          <div class="row">
            ${l.map(a=>xt(i,a,n,[t.slotAt(a.time),c`<span class=${r?"unseen":"slot-office"}
                  >, <span class="unseen">${a.day}, </span>${a.office}</span
                >`]))}
          </div>
        </fieldset>`)}
  </div>`}function At(i){return i.cards??(i.card?[i.card]:[])}function yn(i){const e=new Set(At(i).flatMap(t=>t.kind==="slots"?t.offers.map(n=>n.choice):[]));return(i.buttons??[]).filter(t=>!e.has(t.choice))}function kn(i,e,t){const n=Xt(i.language,t.language);switch(e.kind){case"hours":return bn(e,n,ft(i.time));case"slots":return wn(i,e,n,t);case"preview":return mn(e);case"booked":return fn(e,n);case"map":return gn(e,i.image,n);case"sources":return c`${pn(e.sources,n)}`;default:return d}}function _n(i,e){return c`<div class="rich">
    ${pt(i).map(t=>xn(t,e))}
  </div>`}function xn(i,e){return i.kind==="list"?c`<ul>
        ${i.items.map(t=>c`<li dir="auto">${F(t,e)}</li>`)}
      </ul>`:c`<p dir="auto">${F(i.children,e)}</p>`}function F(i,e){return i.map(t=>{switch(t.kind){case"text":return t.text;case"isolate":return c`<bdi dir="ltr">${t.text}</bdi>`;case"break":return c`<br />`;case"strong":return c`<strong>${F(t.children,e)}</strong>`;case"emphasis":return c`<em>${F(t.children,e)}</em>`;case"link":return t.href.startsWith("http")?ue(t.href,F(t.children,e),e):c`<a href=${t.href} dir="auto">${F(t.children,e)}</a>`}})}var An=Object.defineProperty,De=(i,e,t,n)=>{for(var s=void 0,r=i.length-1,o;r>=0;r--)(o=i[r])&&(s=o(e,t,s)||s);return s&&An(e,t,s),s};class pe extends j{constructor(){super(...arguments),this.endsAnswer=!1}render(){const{entry:e}=this,{words:t}=this.context,n=e.speaker==="citizen",s=`message-${e.key}`,r=gt(e.time);return c`<article
      class="message ${e.speaker}"
      part="message message-${e.speaker}"
      tabindex="-1"
      aria-labelledby="${s}-speaker"
    >
      <p class="byline" id="${s}-speaker" lang=${t.tag}>
        <span class="speaker">${n?t.you:t.kumpel}</span>
        ${r?c`<time datetime=${e.time}>${t.atTime(r)}</time>`:d}
      </p>
      <div class="bubble" part="bubble bubble-${e.speaker}" lang=${e.language}>
        ${_n(e.text,t)} ${this.#e()}
      </div>
      ${n?this.#i():d}
      ${this.endsAnswer&&!n?c`<kumpel-chat-feedback
              .entry=${e}
              .context=${this.context}
            ></kumpel-chat-feedback>`:d}
    </article>`}#e(){const{entry:e,context:t}=this,n=At(e),s=n.some(r=>r.kind==="map")?void 0:e.image;return[s?c`<img class="image" src=${s} alt="" loading="lazy" />`:d,...n.map(r=>kn(e,r,t)),$n(e,yn(e),t)]}#i(){const{entry:e}=this,{words:t,actions:n}=this.context;return e.delivery==="sent"?d:e.delivery==="sending"?c`<p class="delivery" lang=${t.tag}>${t.sending}</p>`:c`<p class="delivery failed" lang=${t.tag}>
      <span class="field-error">${t.notSent}</span>
      <button
        type="button"
        class="button"
        @click=${()=>{e.messageId&&n.retry(e.messageId)}}
      >
        ${t.sendAgain}
      </button>
    </p>`}}De([g({attribute:!1})],pe.prototype,"entry");De([g({attribute:!1})],pe.prototype,"context");De([g({attribute:!1})],pe.prototype,"endsAnswer");const Sn={CHILD:2},En=i=>(...e)=>({_$litDirective$:i,values:e});let Cn=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};const{I:Tn}=qt,Je=i=>i,Qe=()=>document.createComment(""),Z=(i,e,t)=>{const n=i._$AA.parentNode,s=e===void 0?i._$AB:e._$AA;if(t===void 0){const r=n.insertBefore(Qe(),s),o=n.insertBefore(Qe(),s);t=new Tn(r,o,i,i.options)}else{const r=t._$AB.nextSibling,o=t._$AM,l=o!==i;if(l){let a;t._$AQ?.(i),t._$AM=i,t._$AP!==void 0&&(a=i._$AU)!==o._$AU&&t._$AP(a)}if(r!==s||l){let a=t._$AA;for(;a!==r;){const p=Je(a).nextSibling;Je(n).insertBefore(a,s),a=p}}}return t},N=(i,e,t=i)=>(i._$AI(e,t),i),Nn={},In=(i,e=Nn)=>i._$AH=e,Mn=i=>i._$AH,we=i=>{i._$AR(),i._$AA.remove()};const Xe=(i,e,t)=>{const n=new Map;for(let s=e;s<=t;s++)n.set(i[s],s);return n},Dn=En(class extends Cn{constructor(i){if(super(i),i.type!==Sn.CHILD)throw Error("repeat() can only be used in text expressions")}dt(i,e,t){let n;t===void 0?t=e:e!==void 0&&(n=e);const s=[],r=[];let o=0;for(const l of i)s[o]=n?n(l,o):o,r[o]=t(l,o),o++;return{values:r,keys:s}}render(i,e,t){return this.dt(i,e,t).values}update(i,[e,t,n]){const s=Mn(i),{values:r,keys:o}=this.dt(e,t,n);if(!Array.isArray(s))return this.ut=o,r;const l=this.ut??=[],a=[];let p,m,h=0,u=s.length-1,f=0,b=r.length-1;for(;h<=u&&f<=b;)if(s[h]===null)h++;else if(s[u]===null)u--;else if(l[h]===o[f])a[f]=N(s[h],r[f]),h++,f++;else if(l[u]===o[b])a[b]=N(s[u],r[b]),u--,b--;else if(l[h]===o[b])a[b]=N(s[h],r[b]),Z(i,a[b+1],s[h]),h++,b--;else if(l[u]===o[f])a[f]=N(s[u],r[f]),Z(i,s[h],s[u]),u--,f++;else if(p===void 0&&(p=Xe(o,f,b),m=Xe(l,h,u)),p.has(l[h]))if(p.has(l[u])){const y=m.get(o[f]),S=y!==void 0?s[y]:null;if(S===null){const U=Z(i,s[h]);N(U,r[f]),a[f]=U}else a[f]=N(S,r[f]),Z(i,s[h],S),s[y]=null;f++}else we(s[u]),u--;else we(s[h]),h++;for(;f<=b;){const y=Z(i,a[b+1]);N(y,r[f]),a[f++]=y}for(;h<=u;){const y=s[h++];y!==null&&we(y)}return this.ut=o,In(i,a),D}});var On=Object.defineProperty,G=(i,e,t,n)=>{for(var s=void 0,r=i.length-1,o;r>=0;r--)(o=i[r])&&(s=o(e,t,s)||s);return s&&On(e,t,s),s};const ye=20,et=80;class L extends j{constructor(){super(...arguments),this.entries=[],this.greeting="",this.starters=[],this.waiting="",this.isAway=!1,this.#e=!0,this.#o=()=>{this.#a();const e=this.#l();(e[e.length-1]??this.#n()).focus()},this.#c=()=>{const e=this.#n(),t=e.scrollHeight-e.scrollTop-e.clientHeight;this.#e=t<et,this.#s()},this.#h=e=>{const t=this.#n(),n=e.target,s=this.#l(),r=s.indexOf(n);if(n!==t&&r<0)return;const o=s.length-1,l={ArrowUp:r<0?o:r-1,ArrowDown:r<0?o:r+1,Home:0,End:o}[e.key];if(l===void 0||e.altKey||e.ctrlKey||e.metaKey||r>=0&&this.#f(n,e.key))return;const a=s[l];a&&(e.preventDefault(),a.focus({preventScroll:!0}),a.scrollIntoView({block:"nearest"}))}}#e;#i;render(){const{context:e,entries:t}=this,{words:n}=e,s=t.length-ye;return c`<div
        class="log"
        part="transcript"
        role="log"
        aria-live="off"
        aria-label=${n.transcript}
        aria-describedby="log-keys"
        tabindex="0"
        @scroll=${this.#c}
        @keydown=${this.#h}
      >
        <p id="log-keys" hidden>${n.transcriptKeys}</p>
        ${this.#t()}
        ${Dn(t,r=>r.key,(r,o)=>c`<kumpel-chat-message
              class=${o<s?"settled":""}
              .entry=${r}
              .context=${e}
              .endsAnswer=${t[o+1]?.speaker!=="kumpel"}
            ></kumpel-chat-message>`)}
        ${this.waiting?c`<div class="waiting" part="waiting">
                <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
                <span>${this.waiting}</span>
              </div>`:d}
      </div>
      ${this.isAway?c`<button
              type="button"
              class="button to-newest"
              @click=${this.#o}
            >
              ${w.arrowDown} ${n.toNewest}
            </button>`:d}`}#t(){const{words:e,actions:t}=this.context;return c`<div class="welcome" part="greeting">
      <p class="greeting" dir="auto">${this.greeting}</p>
      <p class="hint">${e.privacy} ${e.emergency}</p>
      ${this.starters.length?c`<div class="choices" role="group" aria-label=${e.starters}>
              ${this.starters.map(n=>c`<button
                    type="button"
                    class="button choice"
                    part="choice"
                    @click=${()=>{t.ask(n)}}
                  >
                    ${n}
                  </button>`)}
            </div>`:d}
    </div>`}firstUpdated(){const e=this.#n();this.#i=new ResizeObserver(()=>{this.#e&&(e.scrollTop=e.scrollHeight)}),this.#i.observe(e)}disconnectedCallback(){super.disconnectedCallback(),this.#i?.disconnect()}updated(e){e.has("entries")?this.#r(e.get("entries")??[]):e.has("waiting")&&this.#e&&this.#a()}async#r(e){const t=new Set(e.map(m=>m.key)),n=this.entries.filter(m=>!t.has(m.key)),s=n.some(m=>m.speaker==="citizen"&&m.delivery==="sending");if(!this.#e&&!s){this.#s();return}const r=[...this.querySelectorAll("kumpel-chat-message")];await Promise.all(r.slice(-ye).map(m=>m.updateComplete)),this.#a();const o=n.length<ye?n[0]:void 0;if(!o||o.speaker==="citizen")return;const l=r.find(m=>m.entry.key===o.key),a=this.#n();if(!l)return;const p=l.offsetTop-a.offsetTop-8;p<a.scrollTop&&(a.scrollTop=p,this.#e=!0)}#n(){return this.querySelector(".log")}#a(){const e=this.#n();e.scrollTop=e.scrollHeight,this.#e=!0,this.isAway=!1}#o;#s(){const e=this.#n(),t=e.scrollHeight-e.scrollTop-e.clientHeight;this.isAway=t>Math.max(et,e.clientHeight)}#c;#l(){return[...this.querySelectorAll(".message")]}#h;#f(e,t){const n=this.#n().getBoundingClientRect(),s=e.getBoundingClientRect();return t==="ArrowDown"?s.bottom>n.bottom+1:t==="ArrowUp"&&s.top<n.top-1}}G([g({attribute:!1})],L.prototype,"entries");G([g({attribute:!1})],L.prototype,"context");G([g({attribute:!1})],L.prototype,"greeting");G([g({attribute:!1})],L.prototype,"starters");G([g({attribute:!1})],L.prototype,"waiting");G([x()],L.prototype,"isAway");O("kumpel-chat-live",hn);O("kumpel-chat-composer",C);O("kumpel-chat-feedback",P);O("kumpel-chat-message",pe);O("kumpel-chat-transcript",L);O("kumpel-chat-menu",ie);O("kumpel-chat",v);export{v as KumpelChat};
